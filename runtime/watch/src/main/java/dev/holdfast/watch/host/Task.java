package dev.holdfast.watch.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A thread, or the process whose first thread it is. Filled by whoever follows the host's events, and owned by the thread that does so.
 * Numbers are -1, texts empty and times 0 while unknown.
 */
public final class Task {
    /** What stands for the name of a process that was never seen. */
    public static final String UNKNOWN_NAME = "<NA>";

    private final long tid;
    private long pid;
    private long parent = -1;
    private long session = -1;
    private long group = -1;
    private long virtualGroup = -1;
    private long virtualTid = -1;
    private long virtualPid = -1;
    private String name = UNKNOWN_NAME;
    private Image image = Image.UNKNOWN;
    private String workingFolder = "";
    private String root = "/";
    private List<String> cgroups = List.of();
    private Owner owner = Owner.UNKNOWN;
    private Capabilities capabilities = Capabilities.NONE;
    private Resources resources = Resources.UNKNOWN;
    private long terminal;
    private long startedAt;
    private long namespaceStartedAt;
    private Optional<Container> container = Optional.empty();
    private Map<Long, Descriptor> descriptors = new HashMap<>();

    /**
     * What a process runs.
     *
     * @param exe the first word of its command line
     * @param path the real path of the program
     * @param arguments the other words of its command line
     * @param environment {@code NAME=value}
     */
    public record Image(String exe, String path, List<String> arguments, List<String> environment, ProgramFile file) {
        static final Image UNKNOWN = new Image(UNKNOWN_NAME, UNKNOWN_NAME, List.of(), List.of(), ProgramFile.UNKNOWN);

        public Image {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }

    /** The file that a program was started from. Times are nanoseconds since the epoch. */
    public record ProgramFile(
            long inode,
            long changedAt,
            long modifiedAt,
            boolean isWritable,
            boolean isInUpperLayer,
            boolean isInLowerLayer,
            boolean isInMemory) {
        public static final ProgramFile UNKNOWN = new ProgramFile(0, 0, 0, false, false, false, false);
    }

    /** Whose it is; -1 while unknown. */
    public record Owner(long user, long group, long loginUser) {
        static final Owner UNKNOWN = new Owner(-1, -1, -1);
    }

    /** One bit a capability, by the numbers of Linux. */
    public record Capabilities(long inheritable, long permitted, long effective) {
        public static final Capabilities NONE = new Capabilities(0, 0, 0);
    }

    /** What it uses; sizes in KiB. */
    public record Resources(
            long descriptorLimit,
            long virtualSize,
            long residentSize,
            long swapSize,
            long majorFaults,
            long minorFaults) {
        public static final Resources UNKNOWN = new Resources(-1, 0, 0, 0, 0, 0);
    }

    public Task(long tid, long pid) {
        this.tid = tid;
        this.pid = pid;
        this.virtualTid = tid;
        this.virtualPid = pid;
    }

    /** A new thread or process that begins as a copy of another one. */
    public Task child(long newTid, long newPid) {
        Task child = new Task(newTid, newPid);
        child.parent = parent;
        child.session = session;
        child.group = group;
        child.virtualGroup = virtualGroup;
        child.name = name;
        child.image = image;
        child.workingFolder = workingFolder;
        child.root = root;
        child.cgroups = cgroups;
        child.owner = owner;
        child.capabilities = capabilities;
        child.resources = resources;
        child.terminal = terminal;
        child.namespaceStartedAt = namespaceStartedAt;
        child.container = container;
        child.descriptors = new HashMap<>(descriptors);
        return child;
    }

    /** Makes this thread use the descriptors of another one. */
    public void shareDescriptorsOf(Task other) {
        descriptors = other.descriptors;
    }

    public long tid() {
        return tid;
    }

    public long pid() {
        return pid;
    }

    public void pid(long value) {
        pid = value;
    }

    public boolean isMainThread() {
        return tid == pid;
    }

    /** The process that started it. */
    public long parent() {
        return parent;
    }

    public void parent(long value) {
        parent = value;
    }

    public long session() {
        return session;
    }

    public void session(long value) {
        session = value;
    }

    public long group() {
        return group;
    }

    public void group(long value) {
        group = value;
    }

    /** The process group as the process itself sees it. */
    public long virtualGroup() {
        return virtualGroup;
    }

    public void virtualGroup(long value) {
        virtualGroup = value;
    }

    public long virtualTid() {
        return virtualTid;
    }

    public long virtualPid() {
        return virtualPid;
    }

    /** The numbers that it has inside of its namespace. */
    public void virtual(long newTid, long newPid) {
        virtualTid = newTid;
        virtualPid = newPid;
    }

    public String name() {
        return name;
    }

    public void name(String value) {
        name = value;
    }

    public Image image() {
        return image;
    }

    public void image(Image value) {
        image = value;
    }

    public String workingFolder() {
        return workingFolder;
    }

    public void workingFolder(String value) {
        workingFolder = value;
    }

    public String root() {
        return root;
    }

    public void root(String value) {
        root = value;
    }

    /** {@code controller=path}. */
    public List<String> cgroups() {
        return cgroups;
    }

    public void cgroups(List<String> value) {
        cgroups = List.copyOf(value);
    }

    public Owner owner() {
        return owner;
    }

    public void owner(Owner value) {
        owner = value;
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    public void capabilities(Capabilities value) {
        capabilities = value;
    }

    public Resources resources() {
        return resources;
    }

    public void resources(Resources value) {
        resources = value;
    }

    /** The number of the controlling terminal; 0 without one. */
    public long terminal() {
        return terminal;
    }

    public void terminal(long value) {
        terminal = value;
    }

    public long startedAt() {
        return startedAt;
    }

    public void startedAt(long value) {
        startedAt = value;
    }

    /** When the first process of its namespace started. */
    public long namespaceStartedAt() {
        return namespaceStartedAt;
    }

    public void namespaceStartedAt(long value) {
        namespaceStartedAt = value;
    }

    /** Empty for what runs on the host itself. */
    public Optional<Container> container() {
        return container;
    }

    /** It runs in this container. */
    public void isIn(Container value) {
        container = Optional.of(value);
    }

    /** It runs on the host itself. */
    public void isOnHost() {
        container = Optional.empty();
    }

    /** Its open descriptors, by number. */
    public Map<Long, Descriptor> descriptors() {
        return descriptors;
    }

    public Optional<Descriptor> descriptor(long number) {
        return Optional.ofNullable(descriptors.get(number));
    }

    /** The name and the arguments. */
    public String commandLine() {
        return image.arguments().isEmpty() ? name : name + " " + String.join(" ", image.arguments());
    }
}
