/** Demands that no check decides, and why. */
export const undecided: Readonly<Record<string, string>> = {
  'ws.sec.smuggle': 'needs both ends of a proxy: rtbench proxy',
}
