import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import { accountName } from '../../contract/console/accounts.ts'
import { GRANT_ROLES, type GrantRole } from '../../contract/domain/roles.ts'
import { errorWithStatus } from '../api/api-error.ts'
import { grantRole, memberQueries } from '../api/members.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useMay } from '../session/use-may.ts'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { Field } from '../ui/Field.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { fieldProblems } from '../ui/field-problems.ts'
import { NameField } from '../ui/NameField.tsx'
import { ManyNamespacesSelect } from './ManyNamespacesSelect.tsx'

/** Dialog that grants a role to `account`, or if undefined, to an account whose name is entered. */
export function GrantRoleDialog({
  instanceId,
  account,
  onClosed,
}: {
  instanceId: string
  account: string | undefined
  onClosed: () => void
}): ReactElement {
  const { common, people } = useMessages()
  const may = useMay()
  const [name, setName] = useState(account ?? '')
  const [role, setRole] = useState<GrantRole>('developer')
  const [where, setWhere] = useState<'all' | 'some'>('all')
  const [chosen, setChosen] = useState<string[]>([])
  const [submitted, setSubmitted] = useState(false)
  const grant = useMutation({
    mutationFn: () => grantRole(instanceId, { account: name, role, namespaces: where === 'all' ? null : chosen }),
    meta: { errorShown: true, invalidates: [memberQueries.all(instanceId)] },
  })
  const usable = Object.keys(fieldProblems(accountName, name)).length === 0
  const incomplete = where === 'some' && chosen.length === 0
  const problem = name.trim() === '' ? common.fieldProblems.required : people.badAccountName
  const missing = errorWithStatus(grant.error, 404)

  return (
    <FormDialog
      title={account === undefined ? people.addMember : people.addRoleOf(account)}
      submitLabel={people.addRoleSubmit}
      pending={grant.isPending}
      error={missing ? null : grant.error}
      onClosed={onClosed}
      onSubmit={(close) => {
        setSubmitted(true)
        if (!usable || incomplete) return
        grant.mutate(undefined, {
          onSuccess: () => {
            showSuccess(people.roleAdded(name.trim(), people.grantRoles[role]))
            close()
          },
        })
      }}
    >
      <NameField
        label={people.accountName}
        help={
          <>
            {people.memberAccountHelp}{' '}
            {account === undefined && may('administer') && <Link to={paths.accounts()}>{people.toAccounts}</Link>}
          </>
        }
        error={submitted && !usable ? problem : missing?.message}
        readOnly={account !== undefined}
        value={name}
        onChange={(value) => {
          setName(value)
          grant.reset()
        }}
      />
      <ChoiceCards
        legend={people.role}
        chosen={role}
        onChoose={setRole}
        cards={GRANT_ROLES.map((value) => ({
          value,
          label: people.grantRoles[value],
          text: people.grantTexts[value],
        }))}
      />
      <ChoiceCards
        legend={people.where}
        chosen={where}
        onChoose={setWhere}
        cards={[
          { value: 'all', label: people.allNamespaces, text: people.allNamespacesText },
          { value: 'some', label: people.someNamespaces, text: people.someNamespacesText },
        ]}
      />
      {where === 'some' && (
        <Field
          required
          label={people.namespaces}
          help={people.chooseNamespaces}
          error={submitted && incomplete ? people.chooseNamespaces : undefined}
        >
          {(field) => <ManyNamespacesSelect {...field} instanceId={instanceId} value={chosen} onChange={setChosen} />}
        </Field>
      )}
    </FormDialog>
  )
}
