import { describe, expect, it } from '@jest/globals'
import { type LockCommand, readLockCommand } from '../../src/trigger/lock-command.ts'

const nothing: LockCommand = { mode: 'auto', update: [], images: [], commit: null }

describe('readLockCommand', () => {
  it.each<[string, Partial<LockCommand>]>([
    ['/condalock', {}],
    ['/condalock\r\n\r\nthanks!', {}],
    ['/condalock  ', {}],
    ['/condalock refresh', { mode: 'refresh' }],
    ['/condalock minimal pangeo-notebook', { mode: 'minimal', images: ['pangeo-notebook'] }],
    [
      '/condalock update dask,xarray ml-notebook',
      { mode: 'update', update: ['dask', 'xarray'], images: ['ml-notebook'] },
    ],
    ['/condalock pytorch-notebook/cuda12 a1b2c3d', { images: ['pytorch-notebook/cuda12'], commit: 'a1b2c3d' }],
    ['/condalock update r-base', { mode: 'update', update: ['r-base'] }],
  ])('reads %j', (text, expected) => {
    expect(readLockCommand(text)).toEqual({ ...nothing, ...expected })
  })

  // Broken by: looking for the command anywhere in the comment.
  it.each([
    '> /condalock',
    '    /condalock',
    '`/condalock`',
    '```\n/condalock\n```',
    'xx/condalocky',
    '/condalocky',
    '/conda-lock',
    'please\n/condalock',
    '\n/condalock',
    '',
  ])('takes %j for talk', (text) => {
    expect(readLockCommand(text)).toBeNull()
  })

  it.each([
    '/condalock update',
    '/condalock update $(id)',
    '/condalock --help',
    '/condalock ../x',
    '/condalock a`b`',
    '/condalock aaaaaaa bbbbbbb',
    `/condalock ${'x'.repeat(2000)}`,
  ])('refuses %j with how it is written', (text) => {
    expect(() => readLockCommand(text)).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})
