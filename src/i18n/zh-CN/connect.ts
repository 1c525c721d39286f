import type { Messages } from '../messages.ts'

export const connect: Messages['connect'] = {
  open: '使用指南',
  openVersion: '使用指南',
  openVersionOf: (chart, version) => `${chart} ${version} 的使用指南`,
  title: (what) => `${what} 使用指南`,
  client: '客户端',
  clients: {
    'helm-4': 'Helm 4',
    'helm-3.8': 'Helm 3.8 及以上',
    'helm-3.7': 'Helm 3.7',
    'helm-3': 'Helm 3.7 以下',
    'helm-2': 'Helm 2',
    'cm-push': 'helm cm-push',
    curl: 'curl',
    'argo-cd': 'Argo CD',
    flux: 'Flux',
  },
  protocol: '访问方式',
  protocols: { oci: 'OCI 仓库', classic: 'Chart 仓库' },
  steps: {
    prepare: '启用 OCI（在此版本中为实验功能）',
    plugin: '安装插件',
    login: '登录',
    repository: '添加仓库',
    push: '推送',
    search: '查看 Chart 列表',
    pull: '拉取',
    'pull-by-digest': '按摘要拉取，无论标签之后如何变化，内容始终不变',
    install: '安装',
    secret: '配置访问凭证',
    deploy: '部署',
  },
  notes: {
    placeholders: '请将 CHART 替换为 Chart 名称，将 VERSION 替换为版本号。',
    password: '请将 PASSWORD 替换为您的密码，不要将其保存在他人可读的文件中。',
    'plain-http':
      '此仓库通过 http 访问，Helm 从 3.13 开始需要加上 --plain-http。更早的版本不支持该选项，请去掉，且只能通过 http 访问本机上的仓库。',
    plus: '标签中不能使用 +，此版本的标签以 _ 代替。Helm 3.8 及以上会自动转换，更早的 Helm 发送的 + 会被识别为 _。',
    'digest-since': 'Helm 从 3.17 开始支持按摘要拉取。',
    'legacy-layer': 'Helm 3.7 以下通过 OCI 只能拉取由同类版本推送的 Chart，通过 Chart 仓库可以拉取全部 Chart。',
    'legacy-other-protocol':
      '此版本不是通过 OCI 推送的，而 Helm 3.7 以下通过 OCI 只能拉取由同类版本推送的 Chart。请通过 Chart 仓库拉取。',
    'push-with-curl': 'Helm 本身无法向 Chart 仓库推送，可以使用 curl 或 cm-push 插件。',
    'provenance-beside': '如果包旁边有 Prov 文件，会一并推送。',
    repackages: '插件会重新打包 Chart，因此每次的摘要都不同，也不会发送 Prov 文件。如需原样推送，请使用 curl 或 OCI。',
    'plugin-helm-4': '此插件没有签名，在 Helm 4 中安装时需要加上 --verify=false。',
    'helm-2-charts': 'Helm 2 只能读取 apiVersion 为 v1 的 Chart。',
    'flux-since': '适用于 Flux 2.6 及以上，不支持由 Helm 3.7 以下推送的 Chart。',
    'argo-plain-http': '此仓库通过 http 访问，因此需要 insecureOCIForceHttp。',
  },
  blocked: {
    name: (name) =>
      `${name} 无法用作 OCI 名称：OCI 名称仅支持小写字母和数字，中间可用单个 “.” “_” 或 “-” 分隔。请通过 Chart 仓库访问。`,
    https: () =>
      '此仓库通过 http 访问，而此版本的 Helm 只能通过 https 访问其他机器上的仓库。请使用 Chart 仓库或更新的 Helm。',
  },
  noPassword: '还没有客户端密码？',
  toCredentials: '创建访问凭证',
  useClassic: '使用 Chart 仓库',
}
