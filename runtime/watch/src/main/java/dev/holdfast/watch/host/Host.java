package dev.holdfast.watch.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host as its events tell of it: tasks, users, groups and containers. Owned by the thread that follows the events. Holds at most a given
 * number of tasks and descriptors; what comes beyond is not followed, and counted.
 */
public final class Host {
    /** How many generations are looked up at most: deeper trees exist only in damaged or hostile captures. */
    private static final int GENERATIONS = 128;

    /** Whose children are that much older has none that matter. */
    private static final int MOST_ADOPTERS = 1 << 16;

    /** A user of the host. */
    public record User(String name, String home, String shell) {}

    private final int mostTasks;
    private String name = "";
    private final Map<Long, Task> tasks = new HashMap<>();
    private final Map<Long, User> users = new HashMap<>();
    private final Map<Long, String> groups = new HashMap<>();
    private final Map<String, Container> containers = new HashMap<>();
    /** By the number of a process that has left: the one that took over its children. The oldest are forgotten. */
    private final Map<Long, Long> adopters = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST_ADOPTERS;
        }
    };

    private long notFollowed;

    public Host(int mostTasks) {
        this.mostTasks = mostTasks;
    }

    public String name() {
        return name;
    }

    public void name(String value) {
        name = value;
    }

    /** The task of this number, or a new one of which nothing is known. */
    public Task task(long tid) {
        Task known = tasks.get(tid);
        if (known != null) {
            return known;
        }
        Task unknown = new Task(tid, tid);
        add(unknown);
        return unknown;
    }

    public Optional<Task> known(long tid) {
        return Optional.ofNullable(tasks.get(tid));
    }

    /** Follows a task from now on. */
    public void add(Task task) {
        if (tasks.size() >= mostTasks && !tasks.containsKey(task.tid())) {
            notFollowed++;
            return;
        }
        tasks.put(task.tid(), task);
    }

    public void remove(Task task) {
        tasks.remove(task.tid(), task);
    }

    public Collection<Task> tasks() {
        return tasks.values();
    }

    /** How many tasks were not followed for want of room. */
    public long notFollowed() {
        return notFollowed;
    }

    public Map<Long, User> users() {
        return users;
    }

    public Map<Long, String> groups() {
        return groups;
    }

    /** Containers by the first twelve characters of their ids. */
    public Map<String, Container> containers() {
        return containers;
    }

    /** Forgets everything, for a capture that begins anew. */
    public void clear() {
        tasks.clear();
        users.clear();
        groups.clear();
        containers.clear();
        adopters.clear();
    }

    /** The process whose thread this is; the task itself when that one is unknown. */
    public Task processOf(Task task) {
        return task.isMainThread() ? task : known(task.pid()).orElse(task);
    }

    /** A process has left, and another one has taken over its children. */
    public void adopted(long gone, long by) {
        adopters.put(gone, by);
    }

    /** The number of the process that started the task's process, or of the one that has taken it over; -1 when unknown. */
    public long parentNumberOf(Task task) {
        long parent = processOf(task).parent();
        for (int i = 0; i < GENERATIONS && parent > 0 && !tasks.containsKey(parent); i++) {
            Long adopter = adopters.get(parent);
            if (adopter == null) {
                return parent;
            }
            parent = adopter;
        }
        return parent;
    }

    /** The process that started the task's process, or that has taken it over. */
    public Optional<Task> parentOf(Task task) {
        long parent = parentNumberOf(task);
        return parent <= 0 || parent == task.pid() ? Optional.empty() : known(parent);
    }

    /** The parent, the parent's parent, and so on. */
    public List<Task> ancestorsOf(Task task) {
        List<Task> ancestors = new ArrayList<>();
        Optional<Task> parent = parentOf(task);
        while (parent.isPresent() && ancestors.size() < GENERATIONS && !ancestors.contains(parent.get())) {
            ancestors.add(parent.get());
            parent = parentOf(parent.get());
        }
        return ancestors;
    }

    /** The ancestor of the given generation: 0 is the process itself, 1 its parent. */
    public Optional<Task> ancestorOf(Task task, long generation) {
        Optional<Task> found = Optional.of(task);
        for (long i = 0; i < Math.min(generation, GENERATIONS) && found.isPresent(); i++) {
            found = parentOf(found.get());
        }
        return generation > GENERATIONS ? Optional.empty() : found;
    }

    /** The name of a user; empty when unknown. User 0 is always root. */
    public String userName(long user) {
        User known = users.get(user);
        return known != null ? known.name() : user == 0 ? "root" : "";
    }

    /** The name of a user as it is shown: {@code <NA>} when unknown. */
    public String shownUser(long user) {
        String known = userName(user);
        return known.isEmpty() ? Task.UNKNOWN_NAME : known;
    }

    /** The name of a group as it is shown: {@code <NA>} when unknown. */
    public String shownGroup(long group) {
        String known = groupName(group);
        return known.isEmpty() ? Task.UNKNOWN_NAME : known;
    }

    /** The name of a group; empty when unknown. */
    public String groupName(long group) {
        String known = groups.get(group);
        return known != null ? known : group == 0 ? "root" : "";
    }
}
