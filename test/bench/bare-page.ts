import { readFileSync } from 'node:fs'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'

// The yardstick: the same bytes from a bare Hono page in a process of its own. Arguments: the file, the port.
const [file = '', port = '0'] = process.argv.slice(2)
const bytes = readFileSync(file, 'utf8')
const app = new Hono().get('/', (c) => c.html(bytes)).get('/readyz', (c) => c.text('ready'))
createAdaptorServer({ fetch: app.fetch }).listen(Number(port), '127.0.0.1')
