package dev.holdfast.scan;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.inventory.Inventory;
import dev.holdfast.inventory.InventoryReport;
import dev.holdfast.inventory.licence.DeclaredLicences;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.oci.Want;
import dev.holdfast.oci.Watch;
import dev.holdfast.scan.explain.ExplainRequest;
import dev.holdfast.scan.explain.Explainer;
import dev.holdfast.scan.explain.Explanation;
import dev.holdfast.scan.explain.SecretExplainer;
import dev.holdfast.scan.java.JavaSettings;
import dev.holdfast.scan.judge.Judging;
import dev.holdfast.scan.licence.LicenceJudge;
import dev.holdfast.scan.observe.Observation;
import dev.holdfast.scan.observe.Observer;
import dev.holdfast.scan.observe.Subject;
import dev.holdfast.scan.question.Coverage;
import dev.holdfast.scan.question.Questions;
import dev.holdfast.scan.question.Support;
import dev.holdfast.scan.question.Unmatched;
import dev.holdfast.scan.reach.CodeSearch;
import dev.holdfast.scan.routing.OwnersFile;
import dev.holdfast.scan.ruling.Ruling;
import dev.holdfast.scan.ruling.Rulings;
import dev.holdfast.scan.ruling.SetAside;
import dev.holdfast.scan.secret.SecretSearch;
import dev.holdfast.scan.secret.SecretsFound;
import dev.holdfast.scan.secret.SecretsRequest;
import dev.holdfast.secrets.SecretScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scans a target for known vulnerabilities and for secrets. The report is a function of its arguments alone. */
public final class Scanner {
    private final AdvisoryBase base;
    private final Limits limits;
    private final Memory memory;
    private final Observer observer;

    public Scanner(AdvisoryBase base, Limits limits) {
        this(base, limits, Memory.NONE);
    }

    public Scanner(AdvisoryBase base, Limits limits, Memory memory) {
        this.base = base;
        this.limits = limits;
        this.memory = memory;
        this.observer = new Observer(limits, memory);
    }

    public ScanReport scan(Target target, ScanRequest request) throws InputException, IOException {
        if (request.followsCode() || request.licences().isWanted()) {
            return scanForMore(target, request);
        }
        Observation seen = observer.observe(target, request.secrets());
        return judge(seen, Optional.empty(), request, gapsOf(seen));
    }

    /** Following code and reading licences need files that the inventory does not, so that nothing is recalled. */
    private ScanReport scanForMore(Target target, ScanRequest request) throws InputException, IOException {
        Gaps gaps = new Gaps();
        Inventory reader = new Inventory(limits);
        SecretsRequest secrets = request.secrets();
        SecretSearch search = new SecretSearch(target, secrets.key(), limits, gaps);
        Watch watch = secrets.isWanted() ? search.watch() : Watch.NONE;
        FileTree tree = target.read(interest(reader, request), watch, gaps);
        InventoryReport read = reader.of(tree, gaps);
        InventoryReport inventory = request.licences().isWanted()
                ? read.withComponents(DeclaredLicences.of(read.components(), tree, limits, gaps))
                : read;
        Observation seen = Observer.observation(target, inventory, search, secrets, tree, gaps);
        Optional<CodeSearch> code = request.followsCode()
                ? Optional.of(new CodeSearch(target.configuration(), tree, inventory.components(), limits, gaps))
                : Optional.empty();
        return judge(seen, code, request, gaps);
    }

    private static Gaps gapsOf(Observation seen) {
        Gaps gaps = new Gaps();
        seen.gaps().forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
        return gaps;
    }

    /** The inventory's files, and those that only some questions need. */
    private static Interest interest(Inventory reader, ScanRequest request) {
        Interest interest = reader.interest();
        interest = request.followsCode() ? CodeSearch.interest(interest) : interest;
        return request.licences().isWanted() ? DeclaredLicences.interest(interest) : interest;
    }

    /** Scans for vulnerabilities, and stays ready to tell of anything why it is not reported. */
    public Inquiry inquire(Target target, ScanRequest request) throws InputException, IOException {
        Gaps gaps = new Gaps();
        Inventory reader = new Inventory(limits, memory);
        FileTree tree = target.read(reader.interest(), gaps);
        InventoryReport inventory = reader.of(tree, gaps);
        List<Layer> layers = new SecretSearch(target, "", limits, gaps).redactedLayers();
        Subject subject = new Subject(target.description(), layers, inventory);
        Observation seen = new Observation(subject, SecretsFound.NOT_WANTED, gaps.list());
        return new Inquiry(base, subject, Optional.of(tree), judge(seen, Optional.empty(), request, gaps));
    }

    /** As {@link #inquire(Target, ScanRequest)}, for what somebody wrote of an image or a project. */
    public Inquiry inquire(BillOfMaterials bill, ScanRequest request, String given) {
        return new Inquiry(base, subject(bill, given), Optional.empty(), scan(bill, request, given));
    }

    /** Scans what somebody wrote of an image or a project. */
    public ScanReport scan(BillOfMaterials bill, ScanRequest request, String given) {
        Subject subject = subject(bill, given);
        if (request.licences().isWanted()) {
            InventoryReport inventory = subject.inventory();
            subject = new Subject(
                    subject.description(),
                    subject.layers(),
                    inventory.withComponents(DeclaredLicences.of(inventory.components())));
        }
        Observation seen = new Observation(subject, SecretsFound.NOT_WANTED, bill.gaps());
        return judge(seen, Optional.empty(), request, gapsOf(seen));
    }

    private static Subject subject(BillOfMaterials bill, String given) {
        TargetDescription description = new TargetDescription(
                given,
                TargetKind.SBOM,
                Optional.of(bill.digest()),
                Optional.empty(),
                bill.subject().isEmpty() ? List.of() : List.of(bill.subject()));
        return new Subject(description, bill.layers(), new InventoryReport(bill.distribution(), bill.components(), 0));
    }

    private static Gaps gapsOf(BillOfMaterials bill) {
        Gaps gaps = new Gaps();
        bill.gaps().forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
        return gaps;
    }

    /** @param gaps those of what was seen, to which judging adds its own */
    private ScanReport judge(Observation seen, Optional<CodeSearch> code, ScanRequest request, Gaps gaps) {
        Subject subject = seen.subject();
        SecretsFound secrets = seen.secrets();
        InventoryReport inventory = subject.inventory();
        Optional<Support> support =
                inventory.distribution().map(distribution -> Support.of(distribution, base, request.asOf()));
        Questions questions = new Questions(support);
        Judging judging = new Judging(base, questions, subject);
        List<Finding> java =
                new JavaSettings(subject.configuration(), inventory.components()).findings(base, request.asOf());
        judging.run(with(with(secrets.findings(), java), others(inventory, request)));
        request.brought().gaps().forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
        List<Unmatched> unmatched = new Coverage(base, support)
                .report(inventory.components(), questions, judging.consulted(), request.asOf(), gaps);
        judging.undecided().forEach(what -> gaps.add(Gap.Code.UNKNOWN_VERSION, "maven", what));
        List<Finding> counted = new ArrayList<>(judging.findings().size());
        Exempted exempted = exempt(judging, subject, request, counted);
        List<Finding> shown =
                counted.stream().filter(finding -> passes(finding, request)).toList();
        if (code.isPresent()) {
            shown = code.get().answered(shown);
        }
        List<Gap> known = gaps.list();
        return new ScanReport(
                new Basis(request.asOf(), base.digest(), base.sources()),
                subject.description(),
                new Contents(
                        subject.layers(), request.bases().under(subject.layers()), support, inventory.components()),
                unmatched,
                shown,
                counted.size() - shown.size(),
                Change.of(shown, inventory.components()),
                secrets.look(),
                known,
                Gate.decide(shown, known, request.failOn())
                        .without(exempted.findings().size()),
                exempted,
                code.map(CodeSearch::look),
                OwnersFile.NONE);
    }

    /** What is neither a known flaw nor a secret. */
    private static List<Finding> others(InventoryReport inventory, ScanRequest request) {
        List<Finding> brought = request.brought().findings();
        return request.licences().isWanted()
                ? with(brought, new LicenceJudge(request.licences().policy()).findings(inventory.components()))
                : brought;
    }

    private static List<Finding> with(List<Finding> ours, List<Finding> others) {
        if (others.isEmpty()) {
            return ours;
        }
        List<Finding> all = new ArrayList<>(ours);
        all.addAll(others);
        return all;
    }

    /** Parts the findings that count, which it puts into {@code counted}, from those that do not. */
    private static Exempted exempt(Judging judging, Subject subject, ScanRequest request, List<Finding> counted) {
        List<Finding> all = judging.findings();
        List<SetAside> setAside = new ArrayList<>(request.brought().setAside());
        if (request.exemptions().isEmpty()) {
            counted.addAll(all);
            return new Exempted(setAside, List.of(), judging.cleared());
        }
        Rulings rulings = new Rulings(request.exemptions(), subject, request.asOf());
        for (Finding finding : all) {
            Optional<Ruling> ruling = rulings.on(finding);
            if (ruling.isPresent()) {
                setAside.add(new SetAside(finding, ruling.get()));
            } else {
                counted.add(rulings.noted(finding));
            }
        }
        return new Exempted(setAside, rulings.notices(all), judging.cleared());
    }

    /** Explains one identifier for a target, of an advisory or of a kind of secret: why it is reported, or why not. */
    public Explanation explain(Target target, ExplainRequest request) throws InputException, IOException {
        Gaps gaps = new Gaps();
        Inventory reader = new Inventory(limits);
        SecretSearch search = new SecretSearch(target, request.secretsKey(), limits, gaps);
        if (SecretScanner.knows(request.id())) {
            FileTree tree = target.read((path, header) -> Want.NOTHING, search.watch(), gaps);
            SecretsFound secrets = search.found(tree, search.redactedLayers());
            return new SecretExplainer(target.description(), secrets, gaps).explain(request);
        }
        FileTree tree = target.read(CodeSearch.interest(reader.interest()), gaps);
        InventoryReport inventory = reader.of(tree, gaps);
        CodeSearch code = new CodeSearch(target.configuration(), tree, inventory.components(), limits, gaps);
        Subject subject = new Subject(target.description(), search.redactedLayers(), inventory);
        return explain(subject, Optional.of(code), request, gaps);
    }

    /** Explains one identifier for what somebody wrote of an image or a project. */
    public Explanation explain(BillOfMaterials bill, ExplainRequest request, String given) {
        return explain(subject(bill, given), Optional.empty(), request, gapsOf(bill));
    }

    private Explanation explain(Subject subject, Optional<CodeSearch> code, ExplainRequest request, Gaps gaps) {
        Optional<Support> support =
                subject.inventory().distribution().map(distribution -> Support.of(distribution, base, request.asOf()));
        return new Explainer(base, subject, support, code, gaps).explain(request);
    }

    private static boolean passes(Finding finding, ScanRequest request) {
        boolean isBadEnough =
                request.atLeast() == Severity.UNKNOWN || finding.severity().atLeast(request.atLeast());
        boolean isAsked =
                !request.onlyFixed() || finding.hasFix() || !finding.kind().isOfVersions();
        return isBadEnough && isAsked;
    }
}
