import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { signInMethodQueries } from '../api/provider.ts'
import { sessionQueries } from '../api/session.ts'
import { useLanguage, useMessages } from '../i18n/use-messages.ts'
import { LanguageMenu } from '../layout/LanguageMenu.tsx'
import { Mark } from '../layout/Mark.tsx'
import { Splash } from '../layout/Splash.tsx'
import { ThemeMenu } from '../layout/ThemeMenu.tsx'
import { useDocumentTitle } from '../ui/use-document-title.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { ProviderButton } from './ProviderButton.tsx'
import { returnPath } from './return-path.ts'
import styles from './SignInPage.module.css'
import signInPartsStyles from './sign-in-parts.module.css'

/** Sign-in page. Redirects at once if the user is already signed in. */
export function SignInPage(): ReactElement {
  const { common, session } = useMessages()
  const [search] = useSearchParams()
  const queryClient = useQueryClient()
  const current = useQuery(sessionQueries.current())
  const methods = useQuery(signInMethodQueries.current(search.get('refused'), useLanguage()))
  useDocumentTitle(session.signIn)

  const to = returnPath(search.get('to'))
  if (current.data) return <Navigate to={to} replace />
  // If loading the methods fails, the password form is still shown.
  if (current.isPending || methods.isPending) return <Splash />
  return (
    <div className={styles.page}>
      <Soundings />
      <header className={styles.tools}>
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main className={styles.card}>
        <div className={styles.brand}>
          <Mark size={40} />
          <span>{common.product}</span>
        </div>
        <h1>{session.signIn}</h1>
        <p className={styles.lead}>{session.lead}</p>
        {methods.data?.refusal && (
          <Alert className={clsx(signInPartsStyles.refusal)} type="error" showIcon title={methods.data.refusal} />
        )}
        <PasswordForm
          submitLabel={session.signIn}
          onSignedIn={(signedIn) => queryClient.setQueryData(sessionQueries.current().queryKey, signedIn)}
        />
        {methods.data?.provider && (
          <>
            <p className={signInPartsStyles.or}>{session.or}</p>
            <ProviderButton name={methods.data.provider} to={to} />
          </>
        )}
      </main>
    </div>
  )
}

/** Background of the page: depth contours and a course, as on a nautical chart. */
function Soundings() {
  return (
    <svg className={styles.soundings} viewBox="0 0 1440 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <g className={styles.grid}>
        {[180, 360, 540, 720].map((y) => (
          <path key={y} d={`M0 ${y}H1440`} />
        ))}
        {[240, 480, 720, 960, 1200].map((x) => (
          <path key={x} d={`M${x} 0V900`} />
        ))}
      </g>
      <g className={styles.depth}>
        <path d="M-20 640C160 560 220 700 400 650S620 470 820 540s260 190 420 120 150-160 240-190" />
        <path d="M-20 700C150 640 250 770 420 720S640 550 830 610s270 170 420 110 160-140 240-160" />
        <path d="M-20 770C140 720 270 830 450 790S660 640 840 690s280 140 420 90 170-110 240-130" />
        <path d="M-20 240C120 300 260 150 430 190s190 130 340 70 220-200 400-150 200 120 310 90" />
        <path d="M-20 170C130 220 260 90 440 120s200 110 330 60 240-170 400-130 210 90 310 60" />
      </g>
      <path className={styles.course} d="M120 820C360 700 470 480 720 430S1130 300 1330 90" />
      <circle className={styles.pin} cx="1330" cy="90" r="7" />
    </svg>
  )
}
