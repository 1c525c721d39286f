import type { Messages } from '../messages.ts'

export const session: Messages['session'] = {
  signIn: '登录',
  signingIn: '正在登录',
  lead: '统一管理您的 Helm Chart',
  account: '账号',
  password: '密码',
  fillAccount: '请输入账号。',
  fillPassword: '请输入密码。',
  endedTitle: '登录已过期',
  endedText: '请输入密码以继续。页面上的内容不会丢失，进行中的操作会接着完成。',
  signInAgain: '登录并继续',
  otherAccount: '使用其他账号登录',
  otherAccountNote: '将离开此页面，未保存的内容会丢失。',
  or: '或',
  signInBy: (provider) => `使用 ${provider} 登录`,
  signInByInNewTab: (provider) => `使用 ${provider} 登录（新标签页）`,
  endedTextByProvider: '请重新登录以继续。页面上的内容不会丢失，进行中的操作会接着完成。',
  signedInAsOther: (other, account) =>
    `您已登录为 ${other}，但此页面属于 ${account}。请以 ${account} 登录，或重新加载页面。`,
  signedInTitle: '登录成功',
  signedInText: '原页面将继续操作，您可以关闭此页面。',
  stayHere: '留在这里并打开控制台',
}
