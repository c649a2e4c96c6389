import { paths } from '../../views/paths.ts'
import type { Settings } from '../config.ts'
import { jsonSchemaOf, type KindName, kindNames, kinds } from '../sources/kinds.ts'
import { isPatchable } from './patchable.ts'

type Json = Record<string, unknown>

/** The API described from the schemas that judge it: OpenAPI 3.1, whose schemas are JSON Schema 2020-12 as zod writes it. */
export function openapi({ publicUrl }: Settings): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      version: '1',
      description:
        'Facts of the morning operations meeting. Instants are ISO 8601 with offset; null is known to be nothing, a field left out says nothing.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl.origin }],
    paths: {
      [paths.agendaAsData]: { get: agendaOperation },
      ...Object.fromEntries(kindNames.flatMap((name) => pathsOf(name))),
    },
    components: { schemas: { ...Object.fromEntries(kindNames.map((name) => [name, rowSchema(name)])), ...shared } },
  }
}

const shared: Json = {
  Problem: {
    type: 'object',
    description: 'RFC 9457',
    required: ['type', 'title', 'status'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      instance: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['field', 'fault', 'mend'],
          properties: {
            row: { type: 'integer' },
            field: { type: 'string' },
            fault: { type: 'string' },
            mend: { type: 'string' },
          },
        },
      },
      exposures: { type: 'array', items: { type: 'object' }, description: 'What keeps an incident from being settled' },
    },
  },
  Results: {
    type: 'object',
    required: ['results'],
    properties: {
      results: {
        type: 'array',
        items: {
          type: 'object',
          required: ['row', 'id', 'outcome'],
          properties: {
            row: { type: 'integer' },
            id: { type: ['string', 'null'] },
            outcome: { enum: ['new', 'changed', 'unchanged', 'refused'] },
            refused: { type: 'string' },
          },
        },
      },
    },
  },
}

const problemAnswer = {
  description: 'Refused: what is wrong and how to mend it',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const agendaOperation = {
  operationId: 'agenda',
  summary: 'The agenda of an instant, as data',
  parameters: [query('at', 'An instant, default now', { type: 'string', format: 'date-time' })],
  responses: { 200: answer('The agenda', { type: 'object' }), 400: problemAnswer },
}

function pathsOf(name: KindName): [string, Json][] {
  const row = { $ref: `#/components/schemas/${name}` }
  const many = { type: 'array', items: row }
  const collection = {
    get: {
      operationId: `list-${name}`,
      summary: `${name}, newest first`,
      parameters: [
        query('from', 'Not before', { type: 'string', format: 'date-time' }),
        query('to', 'Not after', { type: 'string', format: 'date-time' }),
        query('open', 'Only what is open, or only what is over', { type: 'boolean' }),
        query('owner', 'Whose', { type: 'string' }),
        query('service', 'Of which service', { type: 'string' }),
        query('search', 'Words it holds. A page of a search may be short, or empty, and still have a `next`', {
          type: 'string',
        }),
        query('limit', 'How many', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
        query('cursor', 'The `next` of the page before', { type: 'string' }),
      ],
      responses: { 200: answer('A page', pageOf(many)), 400: problemAnswer },
    },
    post: {
      operationId: `tell-${name}`,
      summary: 'One row or many: all are judged before any is written; the same again changes nothing',
      requestBody: { required: true, content: { 'application/json': { schema: { anyOf: [row, many] } } } },
      responses: {
        200: answer('Known already, or changed', { $ref: '#/components/schemas/Results' }),
        201: answer('Something new', { $ref: '#/components/schemas/Results' }),
        ...refusals(400, 409, 413, 415, 422, 503),
      },
    },
  }
  return [
    [`${paths.api}/${name}`, collection],
    [`${paths.api}/${name}/{id}`, oneOf(name, row)],
  ]
}

function oneOf(name: KindName, row: Json): Json {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
  const get = {
    operationId: `get-${name}`,
    summary: `One of ${name}, with its ETag`,
    responses: { 200: answer('The row', row), 404: problemAnswer },
  }
  if (!isPatchable(name)) return { parameters, get }

  const ifMatch = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }
  const schema = { type: 'object', description: 'Fields to change (RFC 7396): null = known to be nothing' }
  return {
    parameters,
    get,
    patch: {
      operationId: `change-${name}`,
      summary: 'Changes fields, if nobody changed it since you read it',
      parameters: [ifMatch],
      requestBody: {
        required: true,
        content: { 'application/merge-patch+json': { schema }, 'application/json': { schema } },
      },
      responses: { 200: answer('The row as it is now', row), ...refusals(400, 404, 409, 412, 415, 422, 428, 503) },
    },
  }
}

/** A schema without its `$schema`, which stands for the whole document; bold columns of the contract are `required`. */
function rowSchema(name: KindName): Json {
  const { $schema: _, ...schema } = jsonSchemaOf(name)
  const required = kinds[name].columns.filter((column) => column.required).map((column) => column.name)
  return { ...schema, required }
}

function pageOf(rows: Json): Json {
  const next = { type: ['string', 'null'], description: 'The cursor of the next page; null = this is the last' }
  return { type: 'object', required: ['rows', 'next'], properties: { rows, next } }
}

function answer(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } }
}

function refusals(...statuses: number[]): Json {
  return Object.fromEntries(statuses.map((status) => [status, problemAnswer]))
}

function query(name: string, description: string, schema: Json): Json {
  return { name, in: 'query', required: false, description, schema }
}
