import type { Messages } from '../messages.ts'

export const layout: Messages['layout'] = {
  skipToContent: '跳到正文',
  home: 'Chartroom，返回实例列表',
  language: '语言',
  theme: '主题',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  account: (name) => `账号 ${name}`,
  signedInAs: '当前账号',
  administrator: '管理员',
  signOut: '退出登录',
  openNavigation: '打开导航',
  navigation: '实例页面',
  overview: '概览',
  namespaces: '命名空间',
  helmChart: 'Helm Chart',
  instances: '实例列表',
  switchInstance: (name) => `切换实例，当前为 ${name}`,
  findInstance: '按名称或 ID 查找实例',
  noInstanceFound: '没有名称或 ID 匹配的实例。',
  moreInstances: (shown, total) => `共 ${total} 个实例，显示前 ${shown} 个。输入关键字可查找其他实例。`,
  allInstances: '全部实例',
}
