import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { code, fence, inline, link, mermaidLabel, table } from '../../src/report/markdown.ts'
import { visible, visibleLines } from '../../src/report/visible.ts'

const HOSTILE = [
  'a | b',
  'a \\| b',
  '<img src="https://evil.example/x.png">',
  '![x](https://evil.example/x.png)',
  '[x](javascript:alert)',
  '</td></table></details><h1>done</h1>',
  '<!-- -->',
  '`code` and ``code``',
  '```',
  '~~~',
  '@org/team and @user',
  '#12 GH-12 org/repo#3',
  'https://evil.example www.evil.example a@evil.example mailto:a@b.example',
  '$\\sqrt{2}$',
  '# title',
  '- item',
  '1. item',
  '> quote',
  '***bold*** __x__ ~~y~~',
  '&lt;b&gt; &#124;',
  'a\nb\r\nc',
  '\u202egnp.exe',
  '[^1] [^1]: x',
  ':+1:',
  '\\',
  '  ',
]
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(fc.constantFrom(...'`|\\<>&[]()!@#*_~$\n\r\t -+=.:/1w'), fc.constantFrom(...HOSTILE)), {
      maxLength: 30,
    })
    .map((parts) => parts.join('')),
)

describe('inline and code', () => {
  it('show exactly the text and nothing else, in a table cell', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const html = toHtml(table(['a', 'b'], [[inline(first, 9999), code(second, 9999)]]))
        const cells = [...html.matchAll(/<td>(.*?)<\/td>/gs)].map((cell) => cell[1] ?? '')
        expect(cells).toHaveLength(2)
        expect(plain(cells[0]!)).toBe(shown(first))
        expect(plain(cells[1]!.replace(/^<code>|<\/code>$/g, ''))).toBe(shown(second))
      }),
      { numRuns: 400 },
    )
  })

  it('show exactly the text as a paragraph, a heading and a summary', () => {
    fc.assert(
      fc.property(
        text.filter((value) => shown(value) !== ''),
        (value) => {
          expect(toHtml(inline(value, 9999))).toMatch(/^<p>[^<]*<\/p>$/s)
          expect(toHtml(`### x ${inline(value, 9999)}`)).toMatch(/^<h3>[^<]*<\/h3>$/s)
          expect(toHtml(`<details><summary>${inline(value, 9999)}</summary>\n\nx\n\n</details>`)).toMatch(
            /^<details><summary>[^<]*<\/summary>\n<p>x<\/p>\n<\/details>$/s,
          )
        },
      ),
      { numRuns: 400 },
    )
  })

  it.each([
    ['@org/team', '&#64;\u200borg/team'],
    ['fixes #12', 'fixes &#35;\u200b12'],
    ['gh-12', 'gh-\u200b12'],
    ['https://x.example', 'https:\u200b//x.example'],
    ['www.x.example', 'www\u200b.x.example'],
  ])('%s is nothing that GitHub links after Markdown', (value, expected) => {
    expect(inline(value)).toBe(expected)
  })

  it('cut at the limit with an ellipsis', () => {
    expect(inline('x'.repeat(20), 5)).toBe('xxxx…')
    expect(code('👩👩👩👩', 3)).toBe('<code>👩👩…</code>')
  })
})

describe('fence', () => {
  it('holds any text as it is', () => {
    fc.assert(
      fc.property(text, (value) => {
        const html = toHtml(`${fence(value)}\n\nafter`)
        const [, body] = /^<pre><code>(.*)<\/code><\/pre>\n<p>after<\/p>$/s.exec(html) ?? []
        expect(plain(body ?? '').replace(/\n$/, '')).toBe(visibleLines(value).join('\n'))
      }),
      { numRuns: 400 },
    )
  })

  it('is longer than the longest run inside', () => {
    expect(fence('a ````` b')).toBe('``````\na ````` b\n``````')
  })
})

describe('link', () => {
  it.each([
    ['https://github.com/o/r/actions/runs/1', '[x](https://github.com/o/r/actions/runs/1)'],
    ['http://x.example', 'x'],
    ['https://x.example/a) b', 'x'],
    ['javascript:alert(1)', 'x'],
    [null, 'x'],
  ])('%s', (address, expected) => {
    expect(link('x', address)).toBe(expected)
  })
})

describe('mermaidLabel', () => {
  it('holds nothing that mermaid reads', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(mermaidLabel(value)).toMatch(/^[\p{L}\p{N} ./+_·…-]*$/u)
      }),
    )
  })

  it('keeps the name of an image', () => {
    expect(mermaidLabel('pytorch-notebook/cuda12.4')).toBe('pytorch-notebook/cuda12.4')
  })
})

/** GitHub's Markdown with raw HTML left in, so that a tag that gets through is seen. */
function toHtml(markdown: string): string {
  return micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  })
}

function plain(html: string): string {
  const text = html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return text.replaceAll('\u200b', '')
}

/** What a reader is to see: one line, and of spaces at the ends none. */
function shown(value: string): string {
  return visible(value).trim()
}
