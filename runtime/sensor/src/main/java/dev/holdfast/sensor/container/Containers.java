package dev.holdfast.sensor.container;

import dev.holdfast.sensor.container.Container.Engine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which control group belongs to which container. The thread that reads events tells about new and ended groups and asks; a thread of our own
 * reads the engines' files, again and again until they tell, for at most {@link #PATIENCE}: the first events of a container come before its
 * runtime has written anything.
 *
 * <p>What Docker writes about a container while it runs, such as when it was started and another name, and other names that Podman writes, are read
 * again from time to time.
 *
 * <p>Known groups stay until a while after they ended. At most {@value #MOST} are kept.
 *
 * <p>A group that looks like nobody's container is the host's after {@link #DOUBT}, so that its events need not wait longer. Whether it is so for
 * certain is asked once more after {@link #PATIENCE}: until then its engine may have written something after all.
 */
public final class Containers implements AutoCloseable {
    /** How long files are read again for a container that they do not tell about. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long a group without any sign of an engine may still turn out to be a container. */
    private static final Duration DOUBT = Duration.ofMillis(60);

    /** How long until what an engine writes anew about a container is seen: a look at the time of a file each. */
    private static final long RENEWAL = Duration.ofSeconds(2).toNanos();

    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_WAIT = Duration.ofHours(1).toNanos();
    private static final int MOST = 65_536;
    /** Ended groups that are kept, for events that are still to be looked at. */
    private static final int ENDED = 1_024;

    private record Question(Cgroup cgroup, long due, long pause) {}

    private final CgroupTree tree;
    private final ContainerFinder finder;
    private final Duration patience;
    private final Map<Long, Cgroup> byId = new ConcurrentHashMap<>();
    private final Map<String, Cgroup> byPath = new HashMap<>();
    private final ArrayDeque<Cgroup> ended = new ArrayDeque<>();
    /** Those that are the host's for certain, to be told to who asks. */
    private final ConcurrentLinkedQueue<Cgroup> hosts = new ConcurrentLinkedQueue<>();

    /** Events wait for these answers. */
    private final PriorityQueue<Question> questions = new PriorityQueue<>(Comparator.comparingLong(Question::due));

    /** What is asked once more when there is nothing else to ask: nobody waits. */
    private final PriorityQueue<Question> doubts = new PriorityQueue<>(Comparator.comparingLong(Question::due));

    private final Thread asking =
            Thread.ofPlatform().daemon().name("containers").unstarted(this::ask);
    private boolean isClosed;

    public Containers(CgroupTree tree, ContainerFinder finder) {
        this(tree, finder, PATIENCE);
    }

    Containers(CgroupTree tree, ContainerFinder finder, Duration patience) {
        this.tree = tree;
        this.finder = finder;
        this.patience = patience;
    }

    /** Takes in the groups that are, and asks about them once; then goes on on a thread of its own. */
    public void start() {
        long now = System.nanoTime();
        tree.groups().forEach((id, path) -> {
            Cgroup cgroup = add(id, path, now, Optional.empty());
            Optional<Identity> answer = answer(cgroup);
            // What no engine knew when we came is the machine's own: nobody is about to describe it.
            boolean isNamed = CgroupName.certain(path).isPresent();
            if (answer.isPresent() || !isNamed) {
                settle(cgroup, answer.orElseGet(() -> strangerOrHost(cgroup)));
            } else {
                enqueue(new Question(cgroup, now + FIRST_PAUSE, FIRST_PAUSE));
            }
        });
        asking.start();
    }

    /** A group was made, by a process with these arguments if it is one of a runtime. */
    public void made(long id, String path) {
        ask(id, path, Optional.empty());
    }

    /** A group was made by a runtime that said for which container. */
    public void made(long id, String path, RuntimeCall maker) {
        ask(id, path, Optional.of(maker));
    }

    private void ask(long id, String path, Optional<RuntimeCall> maker) {
        long now = System.nanoTime();
        enqueue(new Question(add(id, path, now, maker), now, FIRST_PAUSE));
    }

    /** A group ended. */
    public void ended(long id) {
        Cgroup cgroup = byId.get(id);
        if (cgroup == null) {
            return;
        }
        synchronized (byPath) {
            byPath.remove(cgroup.path(), cgroup);
        }
        ended.add(cgroup);
        if (ended.size() > ENDED) {
            byId.remove(ended.remove().id());
        }
    }

    /** The group of this id; one that we did not hear of is looked for. */
    public Cgroup of(long id) {
        Cgroup known = byId.get(id);
        if (known != null) {
            return known;
        }
        long now = System.nanoTime();
        Cgroup unheard = add(id, "", now, Optional.empty());
        enqueue(new Question(unheard, now, FIRST_PAUSE));
        return unheard;
    }

    /** The containers that are known and have not ended. */
    public List<Container> running() {
        synchronized (byPath) {
            return byPath.values().stream()
                    .map(Cgroup::identity)
                    .filter(Identity.Known.class::isInstance)
                    .map(identity -> ((Identity.Known) identity).container())
                    .distinct()
                    .sorted(Comparator.comparing(Container::id))
                    .toList();
        }
    }

    private Cgroup add(long id, String path, long now, Optional<RuntimeCall> maker) {
        boolean isFull = byId.size() >= MOST;
        Identity first = path.equals("/") || isFull ? Identity.HOST : Identity.PENDING;
        Cgroup cgroup = new Cgroup(id, path, now, maker, first);
        if (!isFull) {
            byId.put(id, cgroup);
            synchronized (byPath) {
                byPath.put(path, cgroup);
            }
        }
        return cgroup;
    }

    private void enqueue(Question question) {
        synchronized (questions) {
            (question.cgroup.identity() == Identity.PENDING ? questions : doubts).add(question);
            questions.notifyAll();
        }
    }

    private void ask() {
        try {
            Question question = next();
            while (question != null) {
                Cgroup cgroup = question.cgroup;
                boolean isNew = cgroup.identity() == Identity.PENDING;
                boolean isDoubtful = cgroup.identity() == Identity.HOST;
                Optional<Identity> answer = isNew || isDoubtful ? answer(cgroup) : Optional.empty();
                if (answer.isPresent() && isNew) {
                    settle(cgroup, answer.get());
                } else if (answer.isPresent()) {
                    settleForGood(cgroup, answer.get());
                } else if (isNew || isDoubtful) {
                    long pause = Math.min(LONGEST_PAUSE, 2 * question.pause);
                    enqueue(new Question(cgroup, System.nanoTime() + question.pause, pause));
                } else {
                    renew(cgroup);
                }
                question = next();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says who it is; that it is nobody's container is asked again when its engine has had time. */
    private void settle(Cgroup cgroup, Identity identity) {
        cgroup.identity(identity);
        if (cgroup.path().equals("/")) {
            hosts.add(cgroup);
        } else if (identity == Identity.HOST && !cgroup.path().isEmpty()) {
            enqueue(new Question(cgroup, System.nanoTime() + patience.toNanos(), FIRST_PAUSE));
        } else {
            awaitRenewal(cgroup);
        }
    }

    private void settleForGood(Cgroup cgroup, Identity identity) {
        if (identity == Identity.HOST) {
            hosts.add(cgroup);
        } else {
            cgroup.identity(identity);
            awaitRenewal(cgroup);
        }
    }

    private void awaitRenewal(Cgroup cgroup) {
        boolean isTold =
                cgroup.identity() instanceof Identity.Known(Container known) && ContainerFinder.isRenewed(known);
        if (isTold && lives(cgroup)) {
            enqueue(new Question(cgroup, System.nanoTime() + RENEWAL, FIRST_PAUSE));
        }
    }

    private void renew(Cgroup cgroup) {
        if (cgroup.identity() instanceof Identity.Known(Container known)) {
            ContainerFinder.renewed(known, cgroup).ifPresent(now -> cgroup.identity(new Identity.Known(now)));
        }
        awaitRenewal(cgroup);
    }

    /** A group that certainly is no container's, each once, as long as it lives. Called by the thread that reads events. */
    public OptionalLong nextHost() {
        Cgroup next = hosts.poll();
        while (next != null && !lives(next)) {
            next = hosts.poll();
        }
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.id());
    }

    @SuppressWarnings("ReferenceEquality") // another group may have the path of one that ended
    private boolean lives(Cgroup cgroup) {
        synchronized (byPath) {
            return byPath.get(cgroup.path()) == cgroup;
        }
    }

    /** The question that is due, waited for; null when there will be none any more. */
    private @org.jspecify.annotations.Nullable Question next() throws InterruptedException {
        synchronized (questions) {
            while (!isClosed) {
                long now = System.nanoTime();
                long pause = pause(questions, now);
                long pauseOfDoubts = pause(doubts, now);
                if (pause <= 0) {
                    return questions.remove();
                }
                if (pauseOfDoubts <= 0) {
                    return doubts.remove();
                }
                questions.wait(Duration.ofNanos(Math.min(pause, pauseOfDoubts)).toMillis() + 1);
            }
            return null;
        }
    }

    /** How long until the first is due; an hour when there is none. */
    private static long pause(PriorityQueue<Question> questions, long now) {
        Question first = questions.peek();
        return first == null ? LONGEST_WAIT : first.due - now;
    }

    /** Who it is; empty when it is worth while to ask again. */
    private Optional<Identity> answer(Cgroup cgroup) {
        if (cgroup.path().isEmpty()) {
            return search(cgroup);
        }
        long age = System.nanoTime() - cgroup.since();
        Optional<CgroupName> named = CgroupName.certain(cgroup.path());
        Optional<Cgroup> above = containerAbove(cgroup.path(), named);
        if (above.isPresent()) {
            Identity identity = above.get().identity();
            return identity == Identity.PENDING ? Optional.empty() : Optional.of(identity);
        }
        Optional<CgroupName> name = named.or(() -> cgroup.maker().map(call -> new CgroupName(call.id(), Engine.OCI)));
        if (name.isPresent()) {
            Optional<Container> found = finder.find(name.get(), cgroup.maker(), tree.group(cgroup.path()));
            if (found.isPresent()) {
                return Optional.of(new Identity.Known(found.get()));
            }
            Duration longest = named.isPresent() ? patience : DOUBT;
            if (age < longest.toNanos()) {
                return Optional.empty();
            }
            return Optional.of(
                    named.isPresent()
                            ? new Identity.Unknown(named.get().id(), named.get().engine())
                            : strangerOrHost(cgroup));
        }
        return unnamed(cgroup, age);
    }

    /** Its name may have been chosen by a person. */
    private Optional<Identity> unnamed(Cgroup cgroup, long age) {
        for (CgroupName name : CgroupName.possible(cgroup.path())) {
            Optional<Container> found = finder.find(name, Optional.empty(), tree.group(cgroup.path()));
            if (found.isPresent()) {
                return Optional.of(new Identity.Known(found.get()));
            }
        }
        return age < DOUBT.toNanos() ? Optional.empty() : Optional.of(strangerOrHost(cgroup));
    }

    private Identity strangerOrHost(Cgroup cgroup) {
        return finder.stranger(tree.group(cgroup.path())).orElse(Identity.HOST);
    }

    /**
     * The container in whose group one lies: the outermost, since what is called like another container below it has been called so by the one that
     * has both.
     *
     * @param named what the path of the group tells by itself
     */
    private Optional<Cgroup> containerAbove(String path, Optional<CgroupName> named) {
        synchronized (byPath) {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                Cgroup above = byPath.get(path.substring(0, slash));
                if (above != null && isContainersOf(above, named)) {
                    return Optional.of(above);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a group above is a container's, or may turn out so. One that only may is not waited for by who has a name that is certain. */
    private static boolean isContainersOf(Cgroup above, Optional<CgroupName> named) {
        return switch (above.identity()) {
            case Identity.Known known -> true;
            case Identity.Unknown unknown -> named.isEmpty() || named.get().id().equals(unknown.id());
            case Identity.Unnamed none ->
                none == Identity.PENDING
                        && (named.isEmpty() || CgroupName.certain(above.path()).isPresent());
        };
    }

    /** Looks for a group that we did not hear of, and answers for it under its path. */
    private Optional<Identity> search(Cgroup unheard) {
        for (Map.Entry<Long, String> group : tree.groups().entrySet()) {
            if (group.getKey() == unheard.id()) {
                String path = group.getValue();
                return path.equals("/")
                        ? Optional.of(Identity.HOST)
                        : answer(new Cgroup(unheard.id(), path, unheard.since(), Optional.empty(), Identity.PENDING));
            }
        }
        boolean isOld = System.nanoTime() - unheard.since() > DOUBT.toNanos();
        return isOld ? Optional.of(Identity.HOST) : Optional.empty();
    }

    @Override
    public void close() {
        synchronized (questions) {
            isClosed = true;
            questions.notifyAll();
        }
        asking.interrupt();
    }
}
