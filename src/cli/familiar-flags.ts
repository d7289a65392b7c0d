// Flags that other load tools use: what they are called here.

const FLAGS: Readonly<Record<string, string>> = {
  '-z': '-z is the duration in hey and oha; here it is -d 10s',
  '-u': '-u is the number of users in k6 and locust; here it is -c 100',
  '--vus': '--vus is the number of users in k6; here it is -c 100',
  '--users': '--users is the number of users in locust; here it is -c 100',
  '-T': '-T is the duration in tcpkali; here it is -d 10s',
  '-D': '-D is the duration in h2load; here it is -d 10s',
  '-n': '-n is a number of requests in ab, hey and loadtest; here a run has a duration, -d 10s, and a rate, -r 10',
  '--requests': '--requests is a number of requests; here a run has a duration, -d 10s, and a rate, -r 10',
  '--iterations': '--iterations is a number of loops in k6; here a run has a duration, -d 10s, and a rate, -r 10',
  '--rps': '--rps is a total rate; here it is -R 100',
  '--overallRate': '--overallRate is the total rate in autocannon; here it is -R 100',
  '--qps': '--qps is a total rate; here it is -R 100',
  '-1': '-1 is the first message in tcpkali; here each message is -m TEXT',
  '-f': '-f is a message file in tcpkali; here the text is given: -m "$(cat file)"',
  '--latency': '--latency is not needed: latency is always reported',
  '--threads': '--threads is the number of threads; here they are processes, -w 2',
  '--processes': '--processes is here -w 2',
  '--cores': '--cores is here -w 2',
  '--keepalive': '--keepalive is not needed: connections are kept as long as the pattern asks',
  '--insecure-skip-tls-verify': '--insecure-skip-tls-verify is here -k',
  '--summary-export': '--summary-export is here -o result.json',
  '--out': '--out is here -o result.json',
  '--csv': '--csv is here -o result.csv',
  '--html': '--html is here -o result.html',
  '-j': '-j is JSON output in autocannon; here it is --json',
  '-i': '-i is a body file in autocannon; here the text is given: -m "$(cat file)"',
  '-b': '-b is the body in autocannon; here it is -m TEXT',
  '--body': '--body is here -m TEXT',
  '--data': '--data is here -m TEXT',
  '--ramp-up': '--ramp-up is here --stage 30s:1000, or --connect-rate 100/s',
  '--spawn-rate': '--spawn-rate is the ramp in locust; here it is --connect-rate 100/s',
  '-X': '-X is the method in curl; here --publish-method PUT',
  '-x': '-x is a proxy in curl; here --connect-to HOST:PORT reaches a reverse proxy',
}

/** A sentence for a flag that another tool has, also with its value attached (`-z10s`); undefined for any other. */
export function familiarFlag(flag: string): string | undefined {
  const name = flag.split('=')[0]!
  if (Object.hasOwn(FLAGS, name)) return FLAGS[name]
  const short = name.slice(0, 2)
  return /^-[a-zA-Z]\d/.test(name) && Object.hasOwn(FLAGS, short) ? FLAGS[short] : undefined
}
