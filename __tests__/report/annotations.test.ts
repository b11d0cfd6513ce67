import { expect, it } from '@jest/globals'
import { annotate } from '../../src/report/annotations.ts'
import { createBuilt, createFailure, createResult, createStackResult } from './sample.ts'

it('annotates failures and checks at their lines', () => {
  expect(annotate(createStackResult())).toEqual({
    annotations: [
      {
        level: 'error',
        title: 'ml-notebook failed in step 5/7',
        message:
          'RUN micromamba create -p /srv/conda -f conda-linux-64.lock\nthe command ended with exit code 1\nLooking for packages\ncritical libmamba Could not find pytorch 2.99',
        file: 'images/ml-notebook/Dockerfile',
        startLine: 31,
      },
      {
        level: 'warning',
        title: 'JSONArgsRecommended',
        message: 'JSON arguments recommended for CMD',
        file: 'images/pangeo-notebook/Dockerfile',
        startLine: 12,
      },
    ],
    rest: { errors: 0, warnings: 0 },
  })
})

it('gives ten of each kind and counts the rest, without doubles', () => {
  const warnings = Array.from({ length: 13 }, (_, line) => ({
    rule: 'R',
    message: 'm',
    url: null,
    file: 'Dockerfile',
    line,
  }))
  const images = Array.from({ length: 12 }, (_, index) =>
    createBuilt(`i${index}`, 0, 1, { outcome: 'failed', failure: createFailure(), warnings }),
  )
  const { annotations, rest } = annotate(createResult(images))
  expect(annotations.filter((annotation) => annotation.level === 'error')).toHaveLength(10)
  expect(annotations.filter((annotation) => annotation.level === 'warning')).toHaveLength(10)
  expect(rest).toEqual({ errors: 2, warnings: 3 })
})

it('makes untrusted text visible', () => {
  const failure = createFailure({ message: 'a\n::error::b', tail: ['\u001b[31mred'], step: null })
  const { annotations } = annotate(createResult([createBuilt('x', 0, 1, { outcome: 'failed', failure })]))
  expect(annotations[0]).toMatchObject({ title: 'x failed', message: 'a␊::error::b\n␛[31mred' })
})
