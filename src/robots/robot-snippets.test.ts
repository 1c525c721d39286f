import { expect, it } from 'vitest'
import { registryAddress } from '../connect/target.ts'
import { robotSnippets } from './robot-snippets.ts'

const robot = {
  address: registryAddress('https://charts.example.org', 'charts.example.org/ccr-0a1b2c3d'),
  instance: 'Second harbour',
  name: 'ccr$ci',
  secret: 'Ab1!$^*()',
}

it('returns ready-made configuration, with shell metacharacters quoted', () => {
  const { login, repository, kubernetes, environment } = robotSnippets({
    ...robot,
    scopes: [
      { push: true, namespaces: ['team'] },
      { push: false, namespaces: ['open'] },
    ],
  })
  expect(login).toBe("echo 'Ab1!$^*()' | helm registry login charts.example.org --username 'ccr$ci' --password-stdin")
  const at = 'https://charts.example.org/ccr-0a1b2c3d/chartrepo'
  expect(repository.split('\n')).toEqual([
    `helm repo add team ${at}/team --username 'ccr$ci' --password 'Ab1!$^*()'`,
    `helm repo add open ${at}/open --username 'ccr$ci' --password 'Ab1!$^*()'`,
  ])
  expect(kubernetes).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: ccr-ci
type: kubernetes.io/dockerconfigjson
stringData:
  .dockerconfigjson: '{"auths":{"charts.example.org":{"username":"ccr$ci","password":"Ab1!$^*()","auth":"Y2NyJGNpOkFiMSEkXiooKQ=="}}}'`)
  expect(environment).toBe(`HELM_REGISTRY_HOST=charts.example.org
HELM_REGISTRY_USERNAME='ccr$ci'
HELM_REGISTRY_PASSWORD='Ab1!$^*()'`)
})

it('adds one repository if the robot has access to all namespaces, and --plain-http over HTTP', () => {
  const address = registryAddress('http://localhost:8080', 'localhost:8080')
  const { login, repository } = robotSnippets({ ...robot, address, scopes: [{ push: false, namespaces: null }] })
  expect(login).toContain(" --username 'ccr$ci' --plain-http --password-stdin")
  expect(repository).toMatch(/^helm repo add second-harbour http:\/\/localhost:8080\/chartrepo --username/)
})
