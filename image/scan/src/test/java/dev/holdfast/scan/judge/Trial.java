package dev.holdfast.scan.judge;

import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.advisory.base.BaseWriter;
import dev.holdfast.advisory.base.Compilation;
import dev.holdfast.advisory.base.CompiledBase;
import dev.holdfast.advisory.base.Intake;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Component.Location;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageType;
import dev.holdfast.scan.question.Coverage;
import dev.holdfast.scan.question.Questions;
import dev.holdfast.scan.question.Support;
import dev.holdfast.scan.question.Unmatched;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Made-up facts in a really compiled base, made-up components, and what is decided about them. */
public final class Trial implements AutoCloseable {
    public static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    private final Path file;
    private final Compilation facts = new Compilation();
    private final List<Component> components = new ArrayList<>();
    private Optional<Distribution> distribution = Optional.empty();
    private Optional<AdvisoryBase> base = Optional.empty();

    private Trial(Path file) {
        this.file = file;
    }

    public static Trial in(Path folder) throws IOException {
        return new Trial(Files.createTempFile(folder, "facts", ".hfdb"));
    }

    public Trial on(String id, String version) {
        return on(id, version, id + " " + version);
    }

    Trial on(String id, String version, String name) {
        distribution = Optional.of(new Distribution(id, version, name, Optional.empty(), List.of(), "/etc/os-release"));
        return this;
    }

    /** What a source says; all facts come before the first question. */
    public Trial says(String source, Consumer<FactSink> told) {
        try (Intake intake = facts.open(source, "2026-11-20")) {
            told.accept(intake);
        }
        return this;
    }

    public Trial says(String source, Claim... claims) {
        return says(source, to -> {
            for (Claim claim : claims) {
                to.accept(claim.statement());
            }
        });
    }

    public Trial has(PackageRecord record) {
        return has(record, "");
    }

    /** A component whose files a distribution's package owns. */
    Trial has(PackageRecord record, String owner) {
        return has(record, owner, Component.State.INSTALLED, record.place());
    }

    public Trial has(PackageRecord record, String owner, Component.State state, String... places) {
        List<Location> locations = new ArrayList<>();
        for (String place : places) {
            locations.add(new Location(place, 0, 0, record.evidence()));
        }
        components.add(new Component(
                purl(record),
                record,
                state,
                Optional.of(owner).filter(name -> !name.isEmpty()),
                locations,
                Optional.empty()));
        return this;
    }

    private static PackageUrl purl(PackageRecord record) {
        String name = record.name();
        int cut = Math.max(name.indexOf(':'), name.lastIndexOf('/'));
        return PackageUrl.of(
                record.type().word(), cut < 0 ? "" : name.substring(0, cut), name.substring(cut + 1), record.version());
    }

    public static PackageRecord a(PackageType type, String name, String version) {
        return PackageRecord.of(type, name, version, Confidence.HIGH, "made up").withPlace("/" + type.word() + ".db");
    }

    public static PackageRecord deb(String name, String version, String source, String sourceVersion) {
        return a(PackageType.DEB, name, version).withArchitecture("amd64").withSource(source, sourceVersion);
    }

    public static PackageRecord rpm(String name, String version) {
        return a(PackageType.RPM, name, version).withArchitecture("x86_64");
    }

    public AdvisoryBase base() throws IOException, InputException {
        if (base.isEmpty()) {
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                new BaseWriter(facts, source -> source).write(out);
            }
            base = Optional.of(CompiledBase.open(file));
        }
        return base.get();
    }

    Optional<Support> support() throws IOException, InputException {
        return support(DAY);
    }

    public Optional<Support> support(LocalDate asOf) throws IOException, InputException {
        return distribution.isPresent() ? Optional.of(Support.of(distribution.get(), base(), asOf)) : Optional.empty();
    }

    /** The decisions about every component, flaw by flaw, also those that report nothing. */
    public List<Judgement> judgements() throws IOException, InputException {
        Assessor assessor = assessor();
        List<Judgement> all = new ArrayList<>();
        for (Component component : components) {
            all.addAll(assessor.judge(component));
        }
        return all;
    }

    /** The decision about one flaw in the first component, as {@code explain} asks for it. */
    public Optional<Judgement> about(String id) throws IOException, InputException {
        Assessor assessor = assessor();
        return assessor.judge(components.getFirst(), assessor.flaw(id));
    }

    public Judgement.Decision decision(String id) throws IOException, InputException {
        return about(id).orElseThrow().decision();
    }

    public List<Finding> findings() throws IOException, InputException {
        List<Finding> findings = new ArrayList<>();
        for (Judgement judgement : judgements()) {
            if (judgement.isReported()) {
                findings.add(new Findings(base(), List.of()).of(judgement));
            }
        }
        return Findings.sorted(findings);
    }

    public Finding finding() throws IOException, InputException {
        List<Finding> findings = findings();
        if (findings.size() != 1) {
            throw new AssertionError("one finding expected: " + findings);
        }
        return findings.getFirst();
    }

    /** What could not be told about the components. */
    public List<Gap> gaps(LocalDate asOf) throws IOException, InputException {
        Questions questions = new Questions(support(asOf));
        Assessor assessor = new Assessor(base(), questions, components);
        components.forEach(assessor::judge);
        Gaps gaps = new Gaps();
        new Coverage(base(), support(asOf)).report(components, questions, assessor.consulted(), asOf, gaps);
        return gaps.list();
    }

    /** The packages that were compared with nothing. */
    public List<Unmatched> unmatched() throws IOException, InputException {
        return new Coverage(base(), support()).report(components, new Questions(support()), Set.of(), DAY, new Gaps());
    }

    private Assessor assessor() throws IOException, InputException {
        return new Assessor(base(), new Questions(support()), components);
    }

    @Override
    public void close() {
        base.ifPresent(AdvisoryBase::close);
    }
}
