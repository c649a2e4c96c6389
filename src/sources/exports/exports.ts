import { dispatch } from './dispatch.ts'
import type { ToolExport } from './export.ts'
import { googleCloud } from './google-cloud.ts'
import { morgue } from './morgue.ts'
import { openslo } from './openslo.ts'
import { opsgenie } from './opsgenie.ts'
import { sloth } from './sloth.ts'
import { upptimeHistory } from './upptime.ts'

/** Every export of a tool that can be imported whole. */
export const toolExports: readonly ToolExport[] = [
  dispatch,
  morgue,
  opsgenie,
  googleCloud,
  upptimeHistory,
  openslo,
  sloth,
]

export function toolExportNamed(name: string): ToolExport | undefined {
  return toolExports.find((one) => one.name === name)
}
