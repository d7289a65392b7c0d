import type { Format } from './format.ts'

const MOST_OF_A_LEVEL = 10
// toolkit/command.ts writes and the runner's ActionCommand.TryParseV2 reads: properties end at `:` and `,`, unless
// encoded; in a message a percent sign is one only as %25, %0D, %0A.
const command = /^::(error|warning|notice) title=((?:[^%:,]|%25|%0D|%0A|%3A|%2C)+)::((?:[^%]|%25|%0D|%0A)+)$/

/** Every line one workflow command, of each level no more than GitHub shows of one step. */
export const github: Format = {
  errors(text) {
    const lines = text.replace(/\n$/, '').split('\n')
    const levels = lines.map(line => command.exec(line)?.[1])
    return [
      ...lines.filter((_, index) => levels[index] === undefined),
      ...['error', 'warning', 'notice'].filter(
        level => levels.filter(found => found === level).length > MOST_OF_A_LEVEL,
      ),
    ]
  },
  wrong: [
    'hello\n',
    '::error title=a:b::c\n',
    '::error title=a::100%\n',
    '::set-output name=a::b\n',
    '::error title=a::b\n'.repeat(11),
  ],
}
