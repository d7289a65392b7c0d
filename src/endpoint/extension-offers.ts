/** One offer of Sec-WebSocket-Extensions; a parameter without a value is `true`. */
export interface ExtensionOffer {
  readonly name: string
  readonly parameters: readonly (readonly [string, string | true])[]
}

const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y
const space = /[ \t]*/y

/** Parses the header (RFC 6455 §9.1); undefined if it does not follow the grammar. Linear in its length. */
export function parseExtensionOffers(header: string): readonly ExtensionOffer[] | undefined {
  const scan = scanner(header)
  const offers: ExtensionOffer[] = []
  do {
    const name = scan.token()
    if (name === undefined) return undefined
    const parameters: [string, string | true][] = []
    while (scan.take(';')) {
      const parameter = scan.token()
      if (parameter === undefined) return undefined
      const value = scan.take('=') ? scan.value() : true
      if (value === undefined) return undefined
      parameters.push([parameter, value])
    }
    offers.push({ name, parameters })
  } while (scan.take(','))
  return scan.atEnd() ? offers : undefined
}

function scanner(text: string) {
  let at = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const skipSpace = () => {
    match(space)
  }
  const self = {
    token(): string | undefined {
      skipSpace()
      const found = match(token)
      skipSpace()
      return found
    },
    take(character: string): boolean {
      if (text[at] !== character) return false
      at += 1
      return true
    },
    /** §9.1: a quoted value must be a token once unescaped. */
    value(): string | undefined {
      skipSpace()
      if (text[at] !== '"') return self.token()
      const end = text.indexOf('"', at + 1)
      if (end < 0) return undefined
      const unescaped = text.slice(at + 1, end).replace(/\\(.)/g, '$1')
      at = end + 1
      skipSpace()
      token.lastIndex = 0
      return token.exec(unescaped)?.[0] === unescaped ? unescaped : undefined
    },
    atEnd: () => at === text.length,
  }
  return self
}
