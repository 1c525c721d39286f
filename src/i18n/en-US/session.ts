export const session = {
  signIn: 'Sign in',
  signingIn: 'Signing in',
  lead: 'One place for your Helm charts.',
  account: 'Account',
  password: 'Password',
  fillAccount: 'Enter your account name.',
  fillPassword: 'Enter your password.',
  endedTitle: 'Your session has ended',
  endedText: 'Enter your password to go on. Nothing on this page is lost, and what was under way continues.',
  goOn: 'Sign in and go on',
  somebodyElse: 'Sign in as somebody else',
  somebodyElseNote: 'That leaves this page: what is not saved is lost.',
}
