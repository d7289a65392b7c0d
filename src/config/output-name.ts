/** What tells the results of one command line apart. */
export interface ResultName {
  /** The step, with its scenario in front where there are several files. */
  step: string
  /** `a1`, `b1`, `a2`…; null where each step runs once. */
  run: string | null
}

/**
 * The file of one result of many. `{step}` and `{run}` stand where they are written; otherwise they are put in front of
 * the ending, so that `result.json` becomes `result.chat.json`. A single result takes the name as it is.
 */
export function outputName(word: string, name: ResultName, isOnly: boolean): string {
  const parts = [
    ['{step}', fileName(name.step)],
    ['{run}', name.run],
  ] as const
  let file = word
  const missing: string[] = []
  for (const [mark, text] of parts) {
    if (file.includes(mark)) file = file.replaceAll(mark, text ?? '')
    else if (text !== null && !isOnly) missing.push(text)
  }
  if (missing.length === 0) return file
  const [, stem, ending = ''] = /^(.*?)((?:\.[A-Za-z\d]+){0,2})$/s.exec(file)!
  return `${stem}.${missing.join('.')}${ending}`
}

const fileName = (text: string) => text.replaceAll(/[^\w.-]+/g, '-')
