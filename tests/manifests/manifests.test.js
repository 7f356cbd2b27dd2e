// What deploy/ gives to Kubernetes, Docker Compose, ECS and systemd, checked without any of them: against Kubernetes' own schemas, and for names that
// point to nothing. Each check is also given something wrong, to show that it finds it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parse, parseAllDocuments } from "yaml";

const deploy = join(import.meta.dirname, "..", "..", "deploy");
const read = (...path) => readFileSync(join(deploy, ...path), "utf8");

/** What a person makes by hand, as the comments of kustomization.yaml say. */
const givenSecrets = ["emotionstream", "emotionstream-stores", "emotionstream-tls"];

/** A folder's documents, after its kustomization.yaml. */
function kustomized(folder) {
  const { resources } = parse(read("kubernetes", folder, "kustomization.yaml"));
  return resources.flatMap((name) =>
    name.startsWith("../") ? kustomized(name.slice(3)) : parseAllDocuments(read("kubernetes", folder, name)).map((document) => document.toJS()));
}

async function validate(document) {
  const models = await import(`kubernetes-models/${document.apiVersion}`);
  assert.ok(models[document.kind], `${document.apiVersion} has no ${document.kind}`);
  new models[document.kind](document).validate();
}

const podsOf = (documents) => documents.filter((document) => document.spec?.template).map((document) => document.spec.template);

const selects = (selector, pod) => Object.entries(selector).every(([key, value]) => pod.metadata.labels[key] === value);

/** Every name that one document uses and none has. */
function dangling(documents) {
  const pods = podsOf(documents);
  const has = (kind, name) => documents.some((document) => document.kind === kind && document.metadata.name === name);
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  for (const { spec } of pods) {
    const [container] = spec.containers;
    const ports = container.ports.flatMap((port) => [port.name, port.containerPort]);
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"].map((name) => container[name]).filter(Boolean)) {
      const target = probe.httpGet ?? probe.tcpSocket;
      expect(!target || ports.includes(target.port), `a probe asks port ${target?.port}`);
    }
    for (const mount of container.volumeMounts ?? []) {
      const volumes = documents.flatMap((document) => document.spec?.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name);
      expect([...(spec.volumes ?? []).map((volume) => volume.name), ...volumes].includes(mount.name), `nothing is mounted as ${mount.name}`);
    }
    for (const secret of [...(container.envFrom ?? []).map((from) => from.secretRef?.name), ...(container.env ?? []).map((one) => one.valueFrom?.secretKeyRef?.name)].filter(Boolean)) {
      expect(givenSecrets.includes(secret), `there is no secret ${secret}`);
    }
  }
  for (const { kind, metadata, spec } of documents) {
    const name = `${kind} ${metadata.name}`;
    if (kind === "Service") {
      const pod = pods.find((one) => selects(spec.selector, one));
      expect(pod, `${name} selects no pod`);
      for (const port of spec.ports) {
        expect(pod?.spec.containers[0].ports.some((one) => one.name === port.targetPort), `${name} leads to no port ${port.targetPort}`);
      }
    }
    if (kind === "HorizontalPodAutoscaler") {
      expect(has(spec.scaleTargetRef.kind, spec.scaleTargetRef.name), `${name} scales nothing`);
    }
    if (kind === "PodDisruptionBudget" || kind === "Deployment" || kind === "StatefulSet") {
      expect(pods.some((pod) => selects(spec.selector.matchLabels, pod)), `${name} selects no pod`);
    }
    if (kind === "NetworkPolicy") {
      expect(pods.some((pod) => selects(spec.podSelector.matchLabels, pod)), `${name} selects no pod`);
      for (const selector of (spec.ingress ?? []).flatMap((rule) => rule.from).map((from) => from.podSelector).filter(Boolean)) {
        expect(pods.some((pod) => selects(selector.matchLabels, pod)), `${name} lets nobody in`);
      }
    }
    if (kind === "Ingress") {
      for (const { backend } of spec.rules.flatMap((rule) => rule.http.paths)) {
        const service = documents.find((document) => document.kind === "Service" && document.metadata.name === backend.service.name);
        expect(service?.spec.ports.some((port) => port.name === backend.service.port.name), `${name} leads to no service`);
      }
    }
  }
  return problems;
}

for (const folder of ["base", "in-cluster"]) {
  test(`Kubernetes takes ${folder}`, async () => {
    const documents = kustomized(folder);
    for (const document of documents) {
      await validate(document);
    }
    assert.deepEqual(dangling(documents), []);
  });

  test(`kustomization.yaml of ${folder} lists every file`, () => {
    const { resources } = parse(read("kubernetes", folder, "kustomization.yaml"));
    const files = readdirSync(join(deploy, "kubernetes", folder)).filter((name) => name !== "kustomization.yaml");
    assert.deepEqual(resources.filter((name) => !name.startsWith("../")).sort(), files.sort());
  });

  test(`every pod of ${folder} runs without rights`, () => {
    for (const { spec } of podsOf(kustomized(folder))) {
      assert.equal(spec.securityContext.runAsNonRoot, true);
      assert.equal(spec.automountServiceAccountToken, false);
      assert.equal(spec.containers[0].securityContext.allowPrivilegeEscalation, false);
      assert.deepEqual(spec.containers[0].securityContext.capabilities.drop, ["ALL"]);
    }
  });
}

test("a wrong Kubernetes document is found", async () => {
  const change = (kind, how) => {
    const documents = kustomized("base");
    how(documents.find((document) => document.kind === kind));
    return documents;
  };
  const [deployment] = change("Deployment", (one) => (one.spec.replicas = "three"));
  await assert.rejects(validate(deployment));
  const [misspelled] = change("Deployment", (one) => (one.spec.strategy.type = "Rolling"));
  await assert.rejects(validate(misspelled));
  assert.equal(dangling(change("Service", (one) => (one.spec.selector.app = "emotions"))).length, 2);
  assert.equal(dangling(change("Ingress", (one) => (one.spec.rules[0].http.paths[0].backend.service.name = "x"))).length, 1);
  assert.equal(dangling(change("Deployment", (one) => (one.spec.template.spec.containers[0].readinessProbe.httpGet.port = "web"))).length, 1);
});

/** Every name that a service of compose.yaml uses and nobody has. */
function danglingCompose(compose) {
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  for (const [name, service] of Object.entries(compose.services)) {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      // The server's image has a health check of its own.
      expect(compose.services[other]?.healthcheck || compose.services[other]?.image.startsWith("emotionstream"), `${name} waits for ${other}, which can't be ${condition}`);
    }
    for (const network of service.networks) {
      expect(compose.networks[network], `there is no network ${network}`);
    }
    for (const [source] of (service.volumes ?? []).map((volume) => volume.split(":"))) {
      expect(source.startsWith("./") ? existsSync(join(deploy, source)) : source in compose.volumes, `there is no ${source}`);
    }
  }
  return problems;
}

test("compose.yaml names what is there, and its secrets", () => {
  const text = read("compose.yaml");
  const compose = parse(text);
  assert.deepEqual(danglingCompose(compose), []);
  const [said] = text.match(/^# deploy\/\.env: .*$/m);
  assert.deepEqual(new Set(said.match(/[A-Z]+_[A-Z]+/g)), new Set([...text.matchAll(/\$\{([A-Z_]+):\?\}/g)].map((match) => match[1])));
  assert.equal(compose.services.node.environment.Edge__Proxies__0, compose.networks.inside.ipam.config[0].subnet);
  // The port that nginx listens on inside, and the name that it knows the nodes by.
  assert.match(read("compose", "nodes.conf"), /^server node:5080 /m);

  compose.services.nginx.volumes.push("./no-such-file:/x:ro");
  compose.services.node.networks.push("nowhere");
  assert.equal(danglingCompose(compose).length, 2);
});

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html, Fargate's sizes.
const fargateMemory = { 256: [512, 2048], 512: [1024, 4096], 1024: [2048, 8192], 2048: [4096, 16384], 4096: [8192, 30720] };

function danglingTask(task, service) {
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  const [container] = task.containerDefinitions;
  const [least, most] = fargateMemory[task.cpu] ?? [];
  expect(task.memory >= least && task.memory <= most && task.memory % 1024 === 0, `Fargate has no ${task.cpu} with ${task.memory}`);
  expect(container.stopTimeout <= 120, "Fargate waits 120 s at most");
  for (const mount of container.mountPoints) {
    expect(task.volumes.some((volume) => volume.name === mount.sourceVolume), `there is no volume ${mount.sourceVolume}`);
  }
  for (const secret of container.secrets) {
    expect(/^arn:aws:secretsmanager:[^:]+:[^:]+:secret:[^:]+:[^:]+::$/.test(secret.valueFrom), `${secret.name} comes from nowhere`);
  }
  for (const balancer of service.loadBalancers) {
    expect(balancer.containerName === container.name && container.portMappings.some((port) => port.containerPort === balancer.containerPort), "the balancer leads nowhere");
  }
  expect(service.taskDefinition === task.family, "the service runs another task");
  return problems;
}

test("ECS's files fit together and ask for health as the image does", () => {
  const task = JSON.parse(read("ecs", "task-definition.json"));
  const service = JSON.parse(read("ecs", "service.json"));
  assert.deepEqual(danglingTask(task, service), []);
  const [, check] = read("Containerfile").match(/^ {2}CMD (\[.*\])$/m);
  assert.deepEqual(task.containerDefinitions[0].healthCheck.command, ["CMD", ...JSON.parse(check)]);
  assert.equal(task.containerDefinitions[0].user, read("Containerfile").match(/^USER (.*)$/m)[1]);

  assert.equal(danglingTask({ ...task, memory: "1024", volumes: [] }, { ...service, taskDefinition: "x" }).length, 4);
});

const withSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

test("systemd takes the unit and finds it hardened", { skip: withSystemd ? false : "systemd is not installed" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "es-unit-"));
  try {
    const analyze = (text, ...how) => {
      const file = join(folder, "emotionstream.service");
      writeFileSync(file, text);
      const { status, stdout, stderr } = spawnSync("systemd-analyze", [...how, file], { encoding: "utf8" });
      return { status, said: stdout + stderr };
    };
    // The program is not installed here.
    const unit = read("systemd", "emotionstream.service").replace(/^ExecStart=.*$/m, "ExecStart=/bin/true");

    const verified = analyze(unit, "verify", "--man=no");
    assert.equal(verified.status, 0, verified.said);
    assert.doesNotMatch(verified.said, /emotionstream\.service/);
    // 0 is closed, 10 open; measured 1.4.
    assert.equal(analyze(unit, "security", "--offline=yes", "--threshold=20").status, 0);

    assert.match(analyze(unit.replace("Restart=always", "Restart=often"), "verify", "--man=no").said, /emotionstream\.service:\d+/);
    assert.notEqual(analyze(unit.replace(/^(Protect|Restrict|System|Private|Capability).*$/gm, ""), "security", "--offline=yes", "--threshold=20").status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
