import { accessKeys } from './en-US/access-keys.ts'
import { artifacts } from './en-US/artifacts.ts'
import { audit } from './en-US/audit.ts'
import { charts } from './en-US/charts.ts'
import { common } from './en-US/common.ts'
import { connect } from './en-US/connect.ts'
import { credentials } from './en-US/credentials.ts'
import { instances } from './en-US/instances.ts'
import { jobs } from './en-US/jobs.ts'
import { layout } from './en-US/layout.ts'
import { namespaces } from './en-US/namespaces.ts'
import { people } from './en-US/people.ts'
import { robots } from './en-US/robots.ts'
import { session } from './en-US/session.ts'
import { storage } from './en-US/storage.ts'
import { upload } from './en-US/upload.ts'
import { versions } from './en-US/versions.ts'

export const enUS = {
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
