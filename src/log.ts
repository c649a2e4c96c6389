import pino, { type Logger } from 'pino'

/**
 * Lines for machines go to standard error; standard output holds the few sentences for whoever started it. What was to be
 * written when a statement failed is left out of its error: titles and secrets stand there.
 */
export function openLog(destination: pino.DestinationStream = pino.destination({ dest: 2, sync: true })): Logger {
  const serializers = { err: (error: unknown) => discreet(pino.stdSerializers.err(error as Error)) }
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers }, destination)
}

function discreet(told: unknown): unknown {
  if (typeof told === 'string') return withoutParameters(told)
  if (Array.isArray(told)) return told.map(discreet)
  if (typeof told !== 'object' || told === null) return told
  const kept = Object.entries(told).filter(([name]) => !['params', 'args', 'query', 'raw'].includes(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, discreet(value)]))
}

// drizzle tells the values of a statement that failed, over as many lines as they have, until the stack begins.
function withoutParameters(text: string): string {
  return text
    .replace(/\nparams: [\s\S]*?(?=\n\s+at |$)/g, '\nparams: left out')
    .replace(/\bmuster_[\w-]{20,}/g, 'muster_...')
    .replace(/\/sign-in\/links\/[\w-]+/g, '/sign-in/links/...')
}
