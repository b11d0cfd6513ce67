import * as core from '@actions/core'
import { context, getOctokit } from '@actions/github'

const octokit = getOctokit(core.getInput('github-token', { required: true }))
core.setSecret('s3cret\nlines')
await core.group('Ask', async () => {
  const { data } = await octokit.rest.pulls.get({ ...context.repo, pull_number: Number(core.getInput('number')) })
  core.setOutput('head', data.head.sha)
  core.setOutput('text', 'one\ntwo=<<\n%0A')
})
core.saveState('started', JSON.stringify({ event: context.eventName, sha: context.sha }))
core.exportVariable('MADE', 'a\nb')
core.addPath('/made/bin')
core.warning('look: %0A, s3cret', { file: 'a,b:c/Dockerfile', startLine: 3, title: 'Ti, tle' })
await core.summary
  .addHeading('Report')
  .addTable([[{ data: 'a', header: true }], ['b']])
  .write()
await octokit.rest.issues.createComment({ ...context.repo, issue_number: 1, body: 'done' })
