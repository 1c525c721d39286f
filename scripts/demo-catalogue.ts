import type { Tag } from '../contract/ccr/instances.ts'
import type { InstanceType } from '../contract/domain/instance-types.ts'

interface DemoInstance {
  name: string
  type: InstanceType
  tags: Tag[]
  namespaces: { name: string; public: boolean }[]
}

interface DemoChart {
  instance: string
  namespace: string
  metadata: { name: string } & Record<string, unknown>
  /** Chart version and app version, oldest first. */
  versions: [string, string][]
  signed?: boolean
}

const tag = (tagKey: string, tagValue: string): Tag => ({ tagKey, tagValue })

export const DEMO_INSTANCES: DemoInstance[] = [
  {
    name: 'production',
    type: 'ADVANCED',
    tags: [tag('env', 'production'), tag('owner', 'platform')],
    namespaces: [
      { name: 'platform', public: false },
      { name: 'databases', public: false },
      { name: 'payments', public: false },
      { name: 'community', public: true },
    ],
  },
  {
    name: 'staging',
    type: 'STANDARD',
    tags: [tag('env', 'staging')],
    namespaces: [
      { name: 'platform', public: false },
      { name: 'previews', public: false },
    ],
  },
  {
    name: 'edge 边缘站点',
    type: 'BASIC',
    tags: [tag('团队', '边缘计算')],
    namespaces: [{ name: 'gateways', public: true }],
  },
]

/** Draws a simple icon as a data URI, so that it needs no network. */
function icon(ground: string, path: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="${ground}"/><path d="${path}" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  return `data:image/svg+xml;base64,${btoa(svg)}`
}

const CYLINDER = 'M6 7c0-4 12-4 12 0v10c0 4-12 4-12 0zM6 7c0 4 12 4 12 0M6 12c0 4 12 4 12 0'
const ARROWS = 'M5 9h13l-4-4M19 15H6l4 4'
const CARD = 'M4 7h16v10H4zM4 11h16'
const PULSE = 'M3 13h4l3-7 4 12 3-5h4'

/** Makes versions from `major.minor.0` on, each with its app version. */
function releases(major: number, minors: number, app: (minor: number) => string): [string, string][] {
  return Array.from({ length: minors }, (_, minor): [string, string] => [`${major}.${minor}.${minor % 3}`, app(minor)])
}

export const DEMO_CHARTS: DemoChart[] = [
  {
    instance: 'production',
    namespace: 'platform',
    metadata: {
      name: 'edge-gateway',
      description: 'Routes outside traffic to the services of the cluster, with TLS and rate limits.',
      icon: icon('#1668dc', ARROWS),
      home: 'https://gateway.example.org',
      sources: ['https://git.example.org/platform/edge-gateway'],
      keywords: ['ingress', 'gateway', 'tls'],
      maintainers: [
        { name: 'Ann Lee', email: 'ann@example.org' },
        { name: '王伟', email: 'wangwei@example.org' },
      ],
      kubeVersion: '>=1.27.0-0',
      dependencies: [
        {
          name: 'redis-cache',
          version: '^7.0.0',
          repository: 'https://charts.example.org/databases',
          condition: 'redis.enabled',
        },
        { name: 'common', version: '2.x.x', repository: 'oci://charts.example.org/platform' },
      ],
    },
    versions: [
      ...releases(2, 14, (minor) => `1.${20 + minor}.0`),
      ['3.0.0-rc.1', '2.0.0-rc.1'],
      ['3.0.0-rc.2', '2.0.0-rc.2'],
      ['3.0.0', '2.0.0'],
    ],
    signed: true,
  },
  {
    instance: 'production',
    namespace: 'platform',
    metadata: {
      name: 'metrics-collector',
      description: 'Collects and keeps metrics of nodes and workloads.',
      icon: icon('#389e0d', PULSE),
      keywords: ['metrics', 'monitoring'],
      maintainers: [{ name: 'Observability team' }],
    },
    versions: releases(5, 9, (minor) => `0.${70 + minor}.1`),
  },
  {
    instance: 'production',
    namespace: 'platform',
    metadata: {
      name: 'log-shipper',
      description: 'Ships logs to the archive. Use metrics-collector and its log pipeline instead.',
      deprecated: true,
    },
    versions: releases(1, 4, (minor) => `3.${minor}.0`),
  },
  {
    instance: 'production',
    namespace: 'databases',
    metadata: {
      name: 'postgresql-cluster',
      description: 'PostgreSQL with streaming replication, backups and failover.',
      icon: icon('#2f54eb', CYLINDER),
      home: 'https://db.example.org',
      keywords: ['postgresql', 'database', 'sql'],
      maintainers: [{ name: 'Data platform', email: 'data@example.org' }],
    },
    versions: releases(16, 22, (minor) => `16.${Math.floor(minor / 3)}`),
    signed: true,
  },
  {
    instance: 'production',
    namespace: 'databases',
    metadata: {
      name: 'redis-cache',
      description: 'An in-memory cache with persistence.',
      icon: icon('#cf1322', CYLINDER),
      keywords: ['cache'],
    },
    versions: releases(7, 11, (minor) => `7.2.${minor}`),
  },
  {
    instance: 'production',
    namespace: 'payments',
    metadata: { name: 'payment-api', description: 'Takes payments.', icon: icon('#722ed1', CARD) },
    versions: [...releases(0, 12, (minor) => `2026.${minor + 1}`), ['0.12.0+build.7', '2026.13']],
  },
  {
    instance: 'production',
    namespace: 'payments',
    metadata: { name: 'fraud-check', description: 'Scores a payment before it is taken.' },
    versions: releases(1, 3, (minor) => `1.${minor}`),
  },
  ...[
    'hello-world',
    'static-site',
    'job-runner',
    'mail-relay',
    'wiki',
    'chat',
    'status-page',
    'link-shortener',
    'file-drop',
  ].map(
    (name, index): DemoChart => ({
      instance: 'production',
      namespace: 'community',
      metadata: { name, description: `A small ${name.replace('-', ' ')} to start from.` },
      versions: releases(index % 4, 1 + (index % 5), (minor) => `1.${minor}.0`),
    }),
  ),
  {
    instance: 'staging',
    namespace: 'platform',
    metadata: {
      name: 'edge-gateway',
      description: 'Routes outside traffic to the services of the cluster.',
      icon: icon('#1668dc', ARROWS),
    },
    versions: [
      ['3.1.0-alpha.1', '2.1.0-alpha.1'],
      ['3.1.0-alpha.2', '2.1.0-alpha.2'],
    ],
  },
  {
    instance: 'edge 边缘站点',
    namespace: 'gateways',
    metadata: {
      name: 'iot-gateway',
      description: '边缘站点的设备接入网关。',
      keywords: ['iot', '边缘'],
      maintainers: [{ name: '边缘计算组' }],
    },
    versions: releases(1, 6, (minor) => `4.${minor}`),
  },
]
