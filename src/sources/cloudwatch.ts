import { awsFacts, awsRemark } from './aws.ts'
import { runOf } from './signals.ts'
import type { Source } from './source.ts'

/** Amazon CloudWatch alarms, over SNS (also wrapped by Lambda, or raw) or EventBridge. ALARM is on, OK is off. */
export const cloudwatch: Source = {
  adapter: 'cloudwatch',
  title: 'Amazon CloudWatch',
  class: 'automated',
  proofs: ['sns', 'address', 'bearer'],
  read: awsFacts,
  remark: awsRemark,
  runOf,
}
