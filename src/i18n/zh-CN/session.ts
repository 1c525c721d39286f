import type { Messages } from '../messages.ts'

export const session: Messages['session'] = {
  signIn: '登录',
  signingIn: '正在登录',
  lead: '您的 Helm Chart，集中在一处。',
  account: '账号',
  password: '密码',
  fillAccount: '请输入账号。',
  fillPassword: '请输入密码。',
  endedTitle: '登录已过期',
  endedText: '请输入密码以继续。页面上的内容不会丢失，进行中的操作会接着完成。',
  goOn: '登录并继续',
  somebodyElse: '使用其他账号登录',
  somebodyElseNote: '将离开此页面，未保存的内容会丢失。',
}
