package dev.holdfast.bench;

import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Rule;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What ten pods of two containers cost against all rules, the strict ones too: from their text to the verdict. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class CheckBench {
    private static final int PODS = 10;

    private static final String POD = """
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: web-%d
              labels: {app: web}
            spec:
              serviceAccountName: web
              volumes:
              - name: settings
                configMap: {name: settings}
              - name: logs
                hostPath: {path: /var/log}
              containers:
              - name: app
                image: registry.example/shop/web:1.4.2
                ports: [{name: http, containerPort: 8080}]
                env:
                - {name: DB_HOST, value: db.shop.svc}
                - name: DB_PASSWORD
                  valueFrom: {secretKeyRef: {name: db, key: password}}
                readinessProbe: {httpGet: {path: /ready, port: http}}
                resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
                volumeMounts: [{name: settings, mountPath: /etc/web, readOnly: true}]
                securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true}
              - name: agent
                image: registry.example/tools/agent
                volumeMounts: [{name: logs, mountPath: /logs}]
                securityContext: {privileged: true}
            """;

    private final Checker checker = new Checker(Limits.DEFAULT);
    private final String pods = pods();

    private static String pods() {
        StringBuilder pods = new StringBuilder();
        for (int i = 0; i < PODS; i++) {
            pods.append(POD.replace("%d", String.valueOf(i)));
        }
        return pods.toString();
    }

    @Benchmark
    public int tenPods() throws InputException, IOException {
        return checker.check(CheckRequest.ofText("pods.yaml", pods).profile(Rule.Profile.STRICT))
                .results()
                .size();
    }
}
