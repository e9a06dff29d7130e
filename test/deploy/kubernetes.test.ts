import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { loadConfig } from '../../shared/platform/config';
import { configSchema } from '../../shared/platform/config-schema';
import { projectRoot } from '../../shared/platform/project-root';

const folder = join(projectRoot, 'deploy/kubernetes');

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
  data?: Record<string, string>;
}

/** What the tests look at in a Deployment; its whole shape is checked by the types of Kubernetes. */
interface DeploymentSpec {
  selector: { matchLabels: Record<string, string> };
  template: {
    metadata: { labels: Record<string, string>; annotations: Record<string, string> };
    spec: {
      terminationGracePeriodSeconds: number;
      containers: {
        command: string[];
        env?: { name: string; value: string }[];
        envFrom?: object[];
        ports: { name: string; containerPort: number }[];
        livenessProbe: { httpGet: { path: string; port: string } };
        readinessProbe: { httpGet: { path: string; port: string } };
      }[];
    };
  };
}

const readAll = (file: string): Manifest[] =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8'), { merge: true }).map((document) => document.toJS());
const [kustomization] = readAll('kustomization.yaml') as unknown as { resources: string[]; images: object[] }[];
const [migration] = readAll('migrate/kustomization.yaml') as unknown as { resources: string[]; images: object[] }[];
const migrations = (migration?.resources ?? []).flatMap((file) => readAll(`migrate/${file}`));
const manifests = (kustomization?.resources ?? []).flatMap(readAll).concat(migrations);
const find = (kind: string, name: string) =>
  manifests.find((each) => each.kind === kind && each.metadata.name === name);
const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
const specOf = ({ spec }: Manifest) => spec as unknown as DeploymentSpec;

/** As much of KEDA's ScaledObject as is used; kubernetes-types has the kinds of Kubernetes itself. */
const scaledObject = `export interface ScaledObject {
  apiVersion: 'keda.sh/v1alpha1';
  kind: 'ScaledObject';
  metadata: import('kubernetes-types/meta/v1').ObjectMeta;
  spec: {
    scaleTargetRef: { name: string };
    minReplicaCount?: number;
    maxReplicaCount?: number;
    pollingInterval?: number;
    cooldownPeriod?: number;
    fallback?: { failureThreshold: number; replicas: number };
    advanced?: {
      horizontalPodAutoscalerConfig?: {
        behavior?: import('kubernetes-types/autoscaling/v2').HorizontalPodAutoscalerBehavior;
      };
    };
    triggers: { type: 'prometheus'; metadata: Record<'serverAddress' | 'query' | 'threshold', string> }[];
  };
}`;

function typeOf({ apiVersion, kind }: Manifest): string {
  if (kind === 'ScaledObject') return kind;
  const group = apiVersion.includes('/') ? apiVersion.replace('.k8s.io', '') : `core/${apiVersion}`;
  return `import('kubernetes-types/${group}').${kind}`;
}

/** What the compiler says of manifests as values of the types of their kinds; empty when all is well. */
function typeErrors(all: Manifest[]): string {
  const lines = all.map((manifest, i) => {
    const type = typeOf(manifest);
    return `export const m${i}: ${type} & { kind: '${manifest.kind}' } = ${JSON.stringify(manifest)};`;
  });
  const here = mkdtempSync(join(tmpdir(), 'frontrow-manifests-'));
  try {
    symlinkSync(join(projectRoot, 'node_modules'), join(here, 'node_modules'));
    const file = join(here, 'manifests.ts');
    writeFileSync(file, [scaledObject, ...lines].join('\n'));
    const args = ['--noEmit', '--strict', '--types', '', '--ignoreConfig', file];
    execFileSync(process.execPath, [join(projectRoot, 'node_modules/typescript/bin/tsc'), ...args], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout?: Buffer }).stdout);
  } finally {
    rmSync(here, { recursive: true, force: true });
  }
}

test('every manifest is what the types of its kind say; a misspelt field and a wrong value are noticed', () => {
  expect(typeErrors(manifests)).toBe('');
  const changed = (from: string, to: string): Manifest[] => JSON.parse(JSON.stringify(manifests).replaceAll(from, to));
  expect(typeErrors(changed('"periodSeconds"', '"periodSecond"'))).toMatch(/periodSecond\W+ does not exist/);
  expect(typeErrors(changed('"readinessProbe"', '"readynessProbe"'))).toMatch(/readynessProbe\W+ does not exist/);
  expect(typeErrors(changed('"maxReplicaCount"', '"maxReplicas2"'))).toMatch(/maxReplicas2\W+ does not exist/);
  expect(typeErrors(changed('"metadata":{', '"metadata":"nothing","x":{'))).toMatch(/not assignable/);
}, 60_000);

test('the settings are settings, and with the secrets they make a configuration that starts', () => {
  const { data = {} } = find('ConfigMap', 'frontrow-settings') ?? {};
  for (const name of Object.keys(data)) expect(Object.keys(configSchema.shape)).toContain(name);
  const secrets = {
    MONGODB_URI: 'mongodb://a/frontrow?replicaSet=x',
    REDIS_URL: 'redis://b',
    JWT_SECRET: 'long enough for every secret there is',
    QUEUE_TOKEN_SECRET: 'long enough for every secret there is',
    ADMIN_PASSWORD: 'long enough for it',
  };
  const config = loadConfig({ ...data, ...secrets });
  expect(config).toMatchObject({ NODE_ENV: 'production', SIGN_IN: false });
  for (const deployment of deployments) {
    const { terminationGracePeriodSeconds, containers } = specOf(deployment).template.spec;
    expect(terminationGracePeriodSeconds).toBeGreaterThan(config.SHUTDOWN_SECONDS);
    expect(config.SHUTDOWN_SECONDS).toBeGreaterThan(config.DRAIN_SECONDS);
    for (const { env = [] } of containers)
      for (const { name } of env) expect(Object.keys(configSchema.shape)).toContain(name);
  }
});

test.each(deployments.map((each) => [each.metadata.name, each] as const))(
  '%s runs, is probed and is scraped',
  (_, deployment) => {
    const { selector, template } = specOf(deployment);
    const { data = {} } = find('ConfigMap', 'frontrow-settings') ?? {};
    expect(template.metadata.labels).toEqual(selector.matchLabels);
    const [container] = template.spec.containers;
    const entry = /^dist\/(.+)\.js$/.exec(container?.command[1] ?? '')?.[1];
    expect(readFileSync(join(projectRoot, `${entry}.ts`), 'utf8')).toContain('openOperationsServer');
    const ports = new Map(container?.ports.map(({ name, containerPort }) => [name, String(containerPort)]));
    expect(ports.get('operations')).toBe(data.METRICS_PORT);
    expect(template.metadata.annotations['prometheus.io/port']).toBe(data.METRICS_PORT);
    if (ports.has('http')) expect(ports.get('http')).toBe(data.PORT);
    expect([container?.livenessProbe.httpGet, container?.readinessProbe.httpGet]).toEqual([
      { path: '/livez', port: 'operations' },
      { path: '/readyz', port: 'operations' },
    ]);
    const budget = find('PodDisruptionBudget', deployment.metadata.name);
    expect(budget?.spec.selector).toEqual(selector);
  },
);

test('migrations are a job of the same image, of a user of their own, that the network lets out', () => {
  expect(migration?.images).toEqual(kustomization?.images);
  const [job] = migrations;
  const { template } = (job?.spec ?? {}) as unknown as DeploymentSpec;
  const [container] = template.spec.containers;
  const entry = /^dist\/(.+)\.js$/.exec(container?.command[1] ?? '')?.[1];
  expect(existsSync(join(projectRoot, `${entry}.ts`))).toBe(true);
  expect(container?.envFrom).toEqual([{ secretRef: { name: 'frontrow-migrate' } }]);
  const policy = find('NetworkPolicy', 'frontrow')?.spec.podSelector as { matchLabels: object };
  expect(template.metadata.labels).toMatchObject(policy.matchLabels);
  // It serves nobody.
  for (const { spec } of manifests.filter(({ kind }) => kind === 'Service'))
    expect(template.metadata.labels).not.toMatchObject(spec.selector as object);
});

test('workers scale by the age of the oldest command, to one a lane at most', () => {
  const spec = find('ScaledObject', 'frontrow-workers')?.spec ?? {};
  const { data = {} } = find('ConfigMap', 'frontrow-settings') ?? {};
  const lanes = Number(data.RESERVATION_LANES) + Number(data.WALLET_LANES);
  expect(spec).toMatchObject({ scaleTargetRef: { name: 'frontrow-workers' }, maxReplicaCount: lanes });
  const [trigger] = spec.triggers as { metadata: { query: string } }[];
  const alerts = readFileSync(join(projectRoot, 'deploy/prometheus/alerts.yml'), 'utf8');
  // The alerts are checked against the metrics of real processes.
  expect(alerts).toContain(trigger?.metadata.query);
});

interface Rule {
  from?: { namespaceSelector?: object }[];
  to?: { namespaceSelector?: object; ipBlock?: { except?: string[] } }[];
  ports?: { port: number | string }[];
}

test('only the ingress reaches the API, since it is believed who the client is; what pods ask for is named', () => {
  const { data = {} } = find('ConfigMap', 'frontrow-settings') ?? {};
  expect(Number(data.TRUST_PROXY)).toBeGreaterThan(0);
  const spec = (find('NetworkPolicy', 'frontrow')?.spec ?? {}) as unknown as {
    policyTypes: string[];
    ingress: Rule[];
    egress: Rule[];
  };
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  for (const { from = [], ports = [] } of spec.ingress) {
    expect(from.length).toBeGreaterThan(0);
    for (const peer of from) expect(JSON.stringify(peer)).toContain('kubernetes.io/metadata.name');
    expect(ports).toHaveLength(1);
  }
  for (const { to = [], ports = [] } of spec.egress) {
    expect([to.length > 0, ports.length > 0]).toEqual([true, true]);
    for (const { ipBlock } of to) if (ipBlock) expect(ipBlock.except).toEqual(['169.254.0.0/16']);
  }
  const asked = spec.egress.flatMap(({ ports = [] }) => ports.map(({ port }) => port));
  expect(asked).toEqual(expect.arrayContaining([53, 27017, 6379, 443]));
});
