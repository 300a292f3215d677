package dev.holdfast.sensor.container;

import dev.holdfast.sensor.container.Container.Engine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which control group belongs to which container. The thread that reads events tells about new and ended groups and asks; a thread of our own
 * reads the engines' files, again and again until they tell, for at most {@link #PATIENCE}: the first events of a container come before its
 * runtime has written anything.
 *
 * <p>Known groups stay until a while after they ended. At most {@value #MOST} are kept.
 */
public final class Containers implements AutoCloseable {
    /** How long files are read again for a container that they do not tell about. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long a group without any sign of an engine may still turn out to be a container. */
    private static final Duration DOUBT = Duration.ofMillis(60);

    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final int MOST = 65_536;
    /** Ended groups that are kept, for events that are still to be looked at. */
    private static final int ENDED = 1_024;

    private record Question(Cgroup cgroup, long due, long pause) {}

    private final CgroupTree tree;
    private final ContainerFinder finder;
    private final Map<Long, Cgroup> byId = new ConcurrentHashMap<>();
    private final Map<String, Cgroup> byPath = new HashMap<>();
    private final ArrayDeque<Cgroup> ended = new ArrayDeque<>();
    private final PriorityQueue<Question> questions = new PriorityQueue<>(Comparator.comparingLong(Question::due));
    private final Thread asking =
            Thread.ofPlatform().daemon().name("containers").unstarted(this::ask);
    private boolean isClosed;

    public Containers(CgroupTree tree, ContainerFinder finder) {
        this.tree = tree;
        this.finder = finder;
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
                cgroup.identity(answer.orElse(Identity.HOST));
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
            questions.add(question);
            questions.notifyAll();
        }
    }

    private void ask() {
        try {
            Question question = next();
            while (question != null) {
                Cgroup cgroup = question.cgroup;
                if (cgroup.identity() == Identity.PENDING) {
                    Optional<Identity> answer = answer(cgroup);
                    if (answer.isPresent()) {
                        cgroup.identity(answer.get());
                    } else {
                        long pause = Math.min(LONGEST_PAUSE, 2 * question.pause);
                        enqueue(new Question(cgroup, System.nanoTime() + question.pause, pause));
                    }
                }
                question = next();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The question that is due, waited for; null when there will be none any more. */
    private @org.jspecify.annotations.Nullable Question next() throws InterruptedException {
        synchronized (questions) {
            while (!isClosed) {
                Question first = questions.peek();
                long pause = first == null ? Long.MAX_VALUE : first.due - System.nanoTime();
                if (first != null && pause <= 0) {
                    return questions.remove();
                }
                questions.wait(
                        first == null ? 0 : Math.max(1, Duration.ofNanos(pause).toMillis()));
            }
            return null;
        }
    }

    /** Who it is; empty when it is worth while to ask again. */
    private Optional<Identity> answer(Cgroup cgroup) {
        if (cgroup.path().isEmpty()) {
            return search(cgroup);
        }
        long age = System.nanoTime() - cgroup.since();
        Optional<CgroupName> named = CgroupName.certain(cgroup.path());
        Optional<CgroupName> name = named.or(() -> cgroup.maker().map(call -> new CgroupName(call.id(), Engine.OCI)));
        if (name.isPresent()) {
            Optional<Container> found = finder.find(name.get(), cgroup.maker());
            if (found.isPresent()) {
                return Optional.of(new Identity.Known(found.get()));
            }
            Duration patience = named.isPresent() ? PATIENCE : DOUBT;
            if (age < patience.toNanos()) {
                return Optional.empty();
            }
            return Optional.of(
                    named.isPresent()
                            ? new Identity.Unknown(named.get().id(), named.get().engine())
                            : Identity.HOST);
        }
        return unnamed(cgroup, age);
    }

    /** A group below that of a container is the container's; else its name may have been chosen by a person. */
    private Optional<Identity> unnamed(Cgroup cgroup, long age) {
        Optional<Cgroup> parent = containerAbove(cgroup.path());
        if (parent.isPresent()) {
            Identity identity = parent.get().identity();
            return identity == Identity.PENDING ? Optional.empty() : Optional.of(identity);
        }
        for (CgroupName name : CgroupName.possible(cgroup.path())) {
            Optional<Container> found = finder.find(name, Optional.empty());
            if (found.isPresent()) {
                return Optional.of(new Identity.Known(found.get()));
            }
        }
        return age < DOUBT.toNanos() ? Optional.empty() : Optional.of(Identity.HOST);
    }

    private Optional<Cgroup> containerAbove(String path) {
        synchronized (byPath) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                Cgroup above = byPath.get(path.substring(0, slash));
                if (above != null && above.identity() != Identity.HOST) {
                    return Optional.of(above);
                }
            }
        }
        return Optional.empty();
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
