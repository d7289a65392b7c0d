// What a herd did, in words, and what to change.
import type { OutageConfig } from '../../config/outage-config.ts'
import type { Finding } from '../../report/report.ts'
import type { Compared } from './compared.ts'
import { acceptQueue, fullHandshakes } from './connect-findings.ts'
import type { HerdFigures } from './herd.ts'

// A herd in step has a variance over mean in the order of its size, a spread one in the order of one.
const SYNCHRONOUS_SHARE = 0.05
const SYNCHRONOUS_LEAST = 10
const THRASHING = 0.5
const STEEP = 2
/** What is rounded to nothing in the text. */
const SAME_MS = 50

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const count = (value: number) => Math.round(value).toLocaleString('en-US')

/** Figures of policies that may be recommended, under the same outage. */
export interface Alternative {
  policy: string
  figures: HerdFigures
}

export function outageFindings(
  config: OutageConfig,
  compared: readonly Compared[],
  alternatives: readonly Alternative[],
): Finding[] {
  return [
    ...compared.flatMap(one => findingsOf(config, one, alternatives)),
    ...compareStability(compared),
    ...compared.flatMap(predictionNote),
  ]
}

function findingsOf(config: OutageConfig, one: Compared, alternatives: readonly Alternative[]): Finding[] {
  const figures = one.measured ?? one.predicted
  if (figures === null) return []
  return [
    peak(config, one.policy, figures, alternatives),
    lockstep(one.policy, figures),
    gaveUp(one, figures),
    notBack(config, one, figures),
    stuck(one),
    thrash(one),
    fullHandshakes(one),
    acceptQueue(one),
    messages(one),
    control(one),
    publishing(one),
  ].filter(finding => finding !== null)
}

function peak(
  { capacity }: OutageConfig,
  policy: string,
  figures: HerdFigures,
  alternatives: readonly Alternative[],
): Finding | null {
  if (capacity === null || figures.peakPerSecond <= STEEP * capacity) return null
  const gentler = alternatives
    .filter(other => other.figures.t95Ms !== null && other.figures.peakPerSecond < figures.peakPerSecond / 1.5)
    .toSorted((a, b) => a.figures.peakPerSecond - b.figures.peakPerSecond)[0]
  const times = (peakPerSecond: number) => `${(peakPerSecond / capacity).toFixed(1)}× the capacity`
  return {
    id: 'outage.peak',
    severity: 'warning',
    text: `${policy} peaks at ${count(figures.peakPerSecond)} attempts in one second, ${times(figures.peakPerSecond)}`,
    fix: gentler
      ? `${gentler.policy} would peak at ${count(gentler.figures.peakPerSecond)}/s (${times(gentler.figures.peakPerSecond)}) and have 95 % back after ${seconds(gentler.figures.t95Ms!)} by simulation: make the first delay a wide random draw, e.g. 0 to 5 s`
      : 'No policy of the catalogue is much gentler here: admit clients in slices, or tell them when to come back (retry:, Retry-After, a close reason)',
  }
}

function lockstep(policy: string, figures: HerdFigures): Finding | null {
  const limit = Math.max(SYNCHRONOUS_LEAST, SYNCHRONOUS_SHARE * figures.clients)
  if (figures.syncIndex === null || figures.syncIndex < limit) return null
  return {
    id: 'outage.lockstep',
    severity: 'warning',
    text: `${policy} keeps its clients in step: attempts come in waves (variance ${count(figures.syncIndex)} times the mean; 1 is random)`,
    fix: 'Draw every delay at random over its whole range (full jitter); a cap after the jitter brings the step back',
  }
}

function gaveUp({ policy, outcome }: Compared, figures: HerdFigures): Finding | null {
  if (figures.gaveUp === 0) return null
  const by = outcome?.measured?.gaveUpBy ?? {}
  const text = `${count(figures.gaveUp)} of ${count(figures.clients)} clients of ${policy} gave up for good`
  if ((by['http-status'] ?? 0) > 0)
    return {
      id: 'outage.killed-by-status',
      severity: 'error',
      text: `${text}: an HTTP error ends an EventSource, it does not try again`,
      fix: 'Refuse or reset connections while the server is away instead of answering 502 or 503, or open a new EventSource in onerror when readyState is CLOSED',
    }
  return {
    id: 'outage.gave-up',
    severity: 'error',
    text: `${text}: their retries were used up${Object.keys(by).length > 0 ? ` (${Object.keys(by).join(', ')})` : ''}`,
    fix: 'Raise the limit of retries beyond the longest outage you accept, with a cap on the delay instead',
  }
}

function notBack(config: OutageConfig, { policy, outcome }: Compared, figures: HerdFigures): Finding | null {
  const missing = figures.clients - figures.back - figures.gaveUp - (outcome?.measured?.stuck ?? 0)
  if (outcome?.neverRestored)
    return {
      id: 'outage.not-restored',
      severity: 'error',
      text: `the server did not accept a connection within ${seconds(config.horizonMs)} after --up-cmd`,
      fix: 'Try the command by hand, or give a longer --horizon',
    }
  if (missing <= 0) return null
  const followedMs = outcome?.moments ? outcome.moments.endedAt - outcome.moments.restoredAt : config.horizonMs
  const clients = `${count(missing)} clients of ${policy} were not back`
  if (followedMs < config.horizonMs)
    return {
      id: 'outage.not-recovered',
      severity: 'info',
      text: `${clients} when the run was stopped, ${seconds(followedMs)} after the restore`,
      fix: '',
    }
  return {
    id: 'outage.not-recovered',
    severity: 'warning',
    text: `${clients} ${seconds(config.horizonMs)} after the restore`,
    fix: 'Spread the attempts (jitter), cap the delays, or let the server take a longer queue; a longer --horizon shows the end',
  }
}

function stuck({ policy, outcome }: Compared): Finding | null {
  const clients = outcome?.measured?.stuck ?? 0
  if (clients === 0) return null
  return {
    id: 'outage.stuck',
    severity: 'error',
    text: `${count(clients)} clients of ${policy} never noticed: their connection is open and silent`,
    fix: 'Send a heartbeat (a ping, an SSE comment) and let clients reconnect when it is missed twice',
  }
}

function thrash({ policy, outcome }: Compared): Finding | null {
  const measured = outcome?.measured
  if (!measured || measured.opens === 0 || measured.shortOpens / measured.opens < THRASHING) return null
  return {
    id: 'outage.flapping',
    severity: 'warning',
    text: `${count(measured.shortOpens)} of ${count(measured.opens)} connections of ${policy} lasted less than 5 s`,
    fix: `Set the retry counter back only after a connection was up for some seconds: compare with --policy ${policy}+stable`,
  }
}

function messages({ policy, outcome }: Compared): Finding | null {
  const audit = outcome?.measured?.audit
  if (!audit || (audit.lost === 0 && audit.duplicated === 0)) return null
  const lost =
    audit.lost > 0 ? `${count(audit.losers)} clients lost ${count(audit.lost)} messages` : 'no message was lost'
  return {
    id: audit.lost > 0 ? 'outage.lost' : 'outage.duplicated',
    severity: audit.lost > 0 ? 'error' : 'warning',
    text: `${policy}: ${lost} over the gap, ${count(audit.duplicated)} came twice, the longest silence was ${seconds(audit.maxGapMs)}`,
    fix:
      audit.lost > 0
        ? 'Keep a history on the server and replay from Last-Event-ID (or a cursor) for everyone who comes back'
        : 'Replay only what is after the id that the client sends',
  }
}

function control({ policy, outcome }: Compared): Finding | null {
  const dropped = outcome?.measured?.control.dropped ?? 0
  if (dropped === 0) return null
  return {
    id: 'outage.collateral',
    severity: 'error',
    text: `${count(dropped)} connections of the control group, which nobody cut, were lost in the storm of ${policy}`,
    fix: 'Protect established connections from the load of handshakes: a limit on concurrent handshakes, or another process for them',
  }
}

function publishing({ outcome }: Compared): Finding | null {
  if (!outcome || outcome.publishError === '') return null
  return {
    id: 'outage.not-published',
    severity: 'warning',
    text: `no message could be published, so loss was not measured: ${outcome.publishError}`,
    fix: 'Check --publish and --publish-header',
  }
}

// The same policy with and without a stability threshold, both measured.
function compareStability(compared: readonly Compared[]): Finding[] {
  return compared.flatMap(one => {
    const stable = compared.find(other => other.policy === `${one.policy}+stable`)
    const [attempts, calm] = [one.measured?.attempts ?? 0, stable?.measured?.attempts ?? 0]
    if (calm === 0 || attempts < 2 * calm) return []
    return {
      id: 'outage.reset-on-open',
      severity: 'warning' as const,
      text: `${one.policy} tries ${(attempts / calm).toFixed(1)} times as often as the same policy with a stability threshold (${count(attempts)} against ${count(calm)} attempts): every connection that opens sets its counter back`,
      fix: 'Set the retry counter back only after a connection was up for some seconds',
    }
  })
}

function predictionNote({ policy, measured, predicted }: Compared): Finding[] {
  if (measured?.t95Ms == null || predicted?.t95Ms == null) return []
  const differenceMs = measured.t95Ms - predicted.t95Ms
  const share = predicted.t95Ms > 0 ? ` (${((100 * differenceMs) / predicted.t95Ms).toFixed(0)}%)` : ''
  const compared =
    Math.abs(differenceMs) < SAME_MS
      ? 'as predicted'
      : `predicted ${seconds(predicted.t95Ms)}, difference ${seconds(differenceMs)}${share}`
  return [
    {
      id: 'outage.prediction',
      severity: 'info',
      text: `${policy}: 95 % were back after ${seconds(measured.t95Ms)}, ${compared}; peak ${count(measured.peakPerSecond)}/s, predicted ${count(predicted.peakPerSecond)}/s`,
      fix: '',
    },
  ]
}
