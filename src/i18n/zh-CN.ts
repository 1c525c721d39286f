import type { Messages } from './messages.ts'
import { accessKeys } from './zh-CN/access-keys.ts'
import { artifacts } from './zh-CN/artifacts.ts'
import { audit } from './zh-CN/audit.ts'
import { charts } from './zh-CN/charts.ts'
import { common } from './zh-CN/common.ts'
import { connect } from './zh-CN/connect.ts'
import { credentials } from './zh-CN/credentials.ts'
import { instances } from './zh-CN/instances.ts'
import { jobs } from './zh-CN/jobs.ts'
import { layout } from './zh-CN/layout.ts'
import { namespaces } from './zh-CN/namespaces.ts'
import { people } from './zh-CN/people.ts'
import { robots } from './zh-CN/robots.ts'
import { session } from './zh-CN/session.ts'
import { storage } from './zh-CN/storage.ts'
import { upload } from './zh-CN/upload.ts'
import { versions } from './zh-CN/versions.ts'

export const zhCN: Messages = {
  common,
  layout,
  session,
  instances,
  namespaces,
  charts,
  upload,
  versions,
  connect,
  artifacts,
  people,
  audit,
  accessKeys,
  credentials,
  robots,
  storage,
  jobs,
}
