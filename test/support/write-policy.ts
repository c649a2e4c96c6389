import { writeFileSync } from 'node:fs'
import { matrix } from '../../src/web/policy-matrix.ts'

writeFileSync(new URL('../../src/web/policy-matrix.md', import.meta.url), matrix())
