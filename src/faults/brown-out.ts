import { defineFault } from '../wire/fault.ts'

export default defineFault({
  title: 'Only a share of the new connections is served (share=0.3), the others are reset',
  reads: 'tcp',
  settings: { share: 0.3 },
  listener: 'open',
  arrive(connection, { share }, random) {
    if (random() < share) return 'admit'
    connection.reset()
    return 'met'
  },
})
