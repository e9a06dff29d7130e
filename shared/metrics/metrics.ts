import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of a process. Cheap enough to be always on; served only if METRICS_PORT is set. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Seconds. From a cached read to the longest `Prefer: wait`. */
const requestBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Seconds. From an idle lane to a long backlog. */
const commandBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const groupBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10];
/** Commands. */
const sizeBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
/** Seconds. */
const latenessBuckets = [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 3, 10, 60];

/** Every context has a registry of its own, so that an API and workers in one process don't mix. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Counter<L>({ name: `frontrow_${name}`, help, labelNames, registers });
  const gauge = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge<L>({ name: `frontrow_${name}`, help, labelNames, registers });
  const histogram = <L extends string = never>(name: string, help: string, buckets: number[], labelNames: L[] = []) =>
    new Histogram<L>({ name: `frontrow_${name}`, help, buckets, labelNames, registers });

  const metrics = {
    registry,
    process: gauge('process', '1: this process runs; name says what it is', ['name']),
    requests: histogram('http_request_duration_seconds', 'HTTP requests answered', requestBuckets, [
      'method',
      'route',
      'status',
    ]),
    requestsAborted: counter('http_requests_aborted_total', 'Requests whose client left before the answer'),
    rateLimited: counter('rate_limited_total', 'Requests refused by a rate limit', ['policy']),
    cacheReads: counter('cache_reads_total', 'Reads of what the API keeps in memory; how each was answered', [
      'cache',
      'how',
    ]),
    streams: gauge('streams_open', 'Server-Sent Event streams that are open', ['kind']),
    streamsCut: counter('streams_cut_total', 'Streams whose client read too slowly', ['kind']),
    accepted: counter('commands_accepted_total', 'Commands stored for the first time', ['kind']),
    replayed: counter('commands_replayed_total', 'Requests that repeated an earlier command', ['kind']),
    finished: counter('commands_finished_total', 'Commands with a final outcome; code says why not done', [
      'kind',
      'status',
      'code',
    ]),
    acceptToFinal: histogram('command_duration_seconds', 'From acceptance to the outcome', commandBuckets, ['kind']),
    holdLateness: histogram(
      'hold_end_lateness_seconds',
      'From the end of a hold to its seats being free',
      latenessBuckets,
    ),
    groupSize: histogram('group_size', 'Commands in one transaction', sizeBuckets),
    groupDuration: histogram('group_duration_seconds', 'From reading a group to its commit', groupBuckets),
    groupsFailed: counter('groups_failed_total', 'Groups that could not commit; passing: run again as they are', [
      'passing',
    ]),
    takeOvers: counter('lane_takeovers_total', 'Lanes taken; crashed: from an owner that did not give it back', [
      'crashed',
    ]),
    deadSessionsNotEnded: counter(
      'dead_sessions_not_ended_total',
      'Sessions of dead owners that MongoDB did not let this worker end',
    ),
    fenceRefusals: counter('fence_refusals_total', 'Lanes in a group that turned out to have a newer owner'),
    sweepFinds: counter('sweep_finds_total', 'Sweeps that found due commands which no job had announced'),
    collectFailures: counter('collect_failures_total', 'Numbers that could not be read for a scrape', ['source']),
    logLines: counter('log_lines_total', 'Log lines written', ['level']),
    auditViolations: gauge('audit_violations', 'What the last audit found', ['invariant']),
    auditFinished: gauge('audit_finished_timestamp_seconds', 'When the last audit was complete'),
  };
  // To Prometheus the step from no counter to 1 is no increase, and no alert: counters of trouble start at 0.
  for (const level of ['warn', 'error', 'fatal']) metrics.logLines.inc({ level }, 0);
  // 0 would be an audit of 1970.
  metrics.auditFinished.remove();
  return metrics;
}
