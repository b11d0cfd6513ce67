import { describe, expect, it } from '@jest/globals'
import { DockerfileParser } from 'dockerfile-ast'
import fc from 'fast-check'
import { fields, listArguments, parseDockerfile } from '../../src/stack/dockerfile.ts'

const seen = (text: string) => parseDockerfile(text).instructions.map(({ keyword, rest }) => `${keyword}|${rest}`)

describe('parseDockerfile', () => {
  it.each([
    ['continued lines', 'RUN a \\\n  b\nUSER c', ['RUN|a   b', 'USER|c']],
    ['spaces behind the continuation', 'RUN a \\  \nb', ['RUN|a b']],
    ['comments and empty lines in between', 'RUN a \\\n\n  # no\n b\nUSER c', ['RUN|a  b', 'USER|c']],
    ['an escaped escape does not continue', 'RUN a \\\\\nUSER c', ['RUN|a \\\\', 'USER|c']],
    ['CRLF', 'FROM a\r\nRUN b \\\r\n c\r\nUSER d\r\n', ['FROM|a', 'RUN|b  c', 'USER|d']],
    ['byte order mark', '\uFEFFFROM a\n', ['FROM|a']],
    ['escape directive', '# escape=`\nFROM a\nCOPY a `\n b\\\nUSER c', ['FROM|a', 'COPY|a  b\\', 'USER|c']],
    ['escape directive after syntax', '#syntax=x\n# Escape = `\nRUN a`\n b', ['RUN|a b']],
    ['no directive after a comment', '# hello\n# escape=`\nRUN a`\nUSER b', ['RUN|a`', 'USER|b']],
    ['small letters', 'from a as b\ncopy c d', ['FROM|a as b', 'COPY|c d']],
    ['heredoc', 'RUN <<EOF bash\nCOPY x y\nEOF\nUSER c', ['RUN|<<EOF bash', 'USER|c']],
    ['two heredocs, tabs', 'RUN cat <<A <<-"B"\nFROM x\nA\n\tFROM y\n\tB\nUSER c', ['RUN|cat <<A <<-"B"', 'USER|c']],
    ['heredoc of COPY and ONBUILD', 'ONBUILD COPY <<E /x\nFROM q\nE\nUSER c', ['ONBUILD|COPY <<E /x', 'USER|c']],
    ['space before the name', 'RUN cat << EOF\nFROM q\nEOF\nUSER c', ['RUN|cat << EOF', 'USER|c']],
    ['a quoted << is no heredoc', 'RUN echo "x <<EOF"\nCOPY a b\nFROM c', ['RUN|echo "x <<EOF"', 'COPY|a b', 'FROM|c']],
    ['an escaped < is no heredoc', 'RUN echo \\<<EOF\nUSER c', ['RUN|echo \\<<EOF', 'USER|c']],
    ['an open quote: no heredoc', "RUN echo it's <<EOF\nUSER c", ["RUN|echo it's <<EOF", 'USER|c']],
    ["bash's substitution: no heredoc", 'RUN x=${a[@]} cat <<EOF\nUSER c', ['RUN|x=${a[@]} cat <<EOF', 'USER|c']],
    ['a here-string is no heredoc', 'RUN cat <<<EOF\nUSER c', ['RUN|cat <<<EOF', 'USER|c']],
    ['an end that never comes', 'RUN cat <<EOF\nUSER c', ['RUN|cat <<EOF']],
    ['nothing', '', []],
    ['comments only', '# a\n\n#b', []],
  ])('%s', (_, text, expected) => {
    expect(seen(text)).toEqual(expected)
  })

  it('gives flags without quotes and lines from 1', () => {
    const [, copy, run] = parseDockerfile(
      'FROM a\n\n\nCOPY --from="b c" --chown=1:1 d e\nRUN --mount=type=bind,target=/x \\\n --network=none -- ls\n',
    ).instructions
    expect(copy).toEqual({ keyword: 'COPY', flags: ['--from=b c', '--chown=1:1'], rest: 'd e', line: 4 })
    expect(run).toEqual({
      keyword: 'RUN',
      flags: ['--mount=type=bind,target=/x', '--network=none'],
      rest: 'ls',
      line: 5,
    })
  })

  it('agrees with dockerfile-ast where no heredoc is in play', () => {
    const line = fc.constantFrom(
      'FROM a AS b',
      'run x \\',
      ' && y',
      '# note',
      '',
      'COPY ["a", "b"]',
      'ENV A="b c" \\',
      '  D=e',
      'ARG X=1',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = ['FROM scratch', ...lines, 'USER end'].join('\n')
        const theirs = DockerfileParser.parse(text).getInstructions()
        expect(parseDockerfile(text).instructions.map(({ keyword, line: at }) => `${keyword} ${at}`)).toEqual(
          theirs.map((instruction) => `${instruction.getKeyword()} ${(instruction.getRange().start.line ?? 0) + 1}`),
        )
      }),
    )
  })

  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('F', 'R', '\\', '\n', ' ', '<', '"', "'", '$', '{', '}', '#', '`', '\r'),
          maxLength: 60,
        }),
        (text) => {
          parseDockerfile(`RUN ${text}`)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('fields', () => {
  it.each([
    ['A=1 B="x y" C', ['A=1', 'B="x y"', 'C']],
    ["A='x y' # note", ["A='x y'", '#', 'note']],
    ['A=x\\ y B', ['A=x\\ y', 'B']],
    ['A="a\\" b" C', ['A="a\\" b"', 'C']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(fields(text, '\\')).toEqual(expected)
  })
})

describe('listArguments', () => {
  it.each([
    ['["a b", "c"]', ['a b', 'c']],
    ['a  b\tc', ['a', 'b', 'c']],
    ['[a, b] c', ['[a,', 'b]', 'c']],
  ])('%s', (text, expected) => {
    expect(listArguments(text)).toEqual(expected)
  })
})
