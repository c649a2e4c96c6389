import { iso, type Story } from './story.ts'

export const deployments: readonly Story[] = [
  {
    name: 'CodeDeploy',
    source: 'codedeploy',
    tell: (key) =>
      ['START', 'READY', 'START', 'READY', 'STOP', 'SUCCESS'].map((state, place) => ({
        source: 'aws.codedeploy',
        'detail-type': 'CodeDeploy Deployment State-change Notification',
        time: iso(place),
        region: 'eu-west-1',
        detail: { deploymentId: `d-${key}`, application: 'shop', deploymentGroup: 'production', state },
      })),
  },
  {
    name: 'GitHub’s deployments',
    source: 'github',
    tell: (key) =>
      ['', 'queued', 'in_progress', 'success', 'inactive', 'failure'].map((state, place) => ({
        action: 'created',
        ...(state === ''
          ? {}
          : { deployment_status: { state, created_at: iso(place), target_url: `https://ci/${place}` } }),
        deployment: { id: key, ref: 'main', environment: 'production', created_at: iso(0), creator: { login: 'ada' } },
        repository: { name: 'shop', full_name: 'acme/shop', html_url: 'https://github.com/acme/shop' },
      })),
  },
  {
    name: 'GitLab’s deployments',
    source: 'gitlab',
    tell: (key) =>
      ['created', 'running', 'running', 'success', 'success', 'failed'].map((status, place) => ({
        object_kind: 'deployment',
        status,
        status_changed_at: iso(place).replace('T', ' ').replace('.000Z', ' +0000'),
        deployment_id: key,
        environment: 'production',
        project: { id: 1, name: 'shop', path_with_namespace: 'acme/shop' },
      })),
  },
  {
    name: 'mails',
    source: 'mail',
    tell: (key) =>
      ['Ada <ada@example.com>', 'ada@example.com'].flatMap((from) =>
        [0, 1, 2].map(() => ({ subject: 'shop deploy 4.2 on ams', from, 'Message-Id': `<${key}@mx>`, Date: iso(0) })),
      ),
  },
  {
    name: 'Argo CD',
    source: 'argocd',
    tell: (key) =>
      [0, 0, 2, 2, 4, 4].map((began) => ({
        app: {
          metadata: { name: `shop-${key}`, namespace: 'argocd' },
          status: {
            operationState: { phase: 'Succeeded', startedAt: iso(began), syncResult: { revision: 'abcdef012345' } },
          },
        },
      })),
  },
]
