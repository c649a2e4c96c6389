import { awsFacts, awsRemark } from './aws.ts'
import { runOf } from './signals.ts'
import type { Source } from './source.ts'

/** AWS CodeDeploy: notification triggers over SNS, or its state changes over EventBridge. Each deployment is a change. */
export const codedeploy: Source = {
  adapter: 'codedeploy',
  title: 'AWS CodeDeploy',
  class: 'automated',
  proofs: ['sns', 'bearer', 'address'],
  read: awsFacts,
  remark: awsRemark,
  runOf,
}
