package dev.holdfast.watch.host;

/** What a descriptor stands for, with the word and the letter that rules know it by. */
public enum DescriptorKind {
    FILE("file", "f"),
    DIRECTORY("directory", "d"),
    IPV4("ipv4", "4"),
    IPV6("ipv6", "6"),
    UNIX("unix", "u"),
    PIPE("pipe", "p"),
    EVENT("event", "e"),
    SIGNALFD("signalfd", "s"),
    EVENTPOLL("eventpoll", "l"),
    INOTIFY("inotify", "i"),
    TIMERFD("timerfd", "t"),
    NETLINK("netlink", "n"),
    BPF("bpf", "b"),
    USERFAULTFD("userfaultfd", "u"),
    IO_URING("io_uring", "r"),
    MEMFD("memfd", "m"),
    PIDFD("pidfd", "P"),
    OTHER("unsupported", "o");

    private final String word;
    private final String letter;

    DescriptorKind(String word, String letter) {
        this.word = word;
        this.letter = letter;
    }

    public String word() {
        return word;
    }

    public String letter() {
        return letter;
    }

    /** Whether it is something with a path in a file system. */
    public boolean isPath() {
        return this == FILE || this == DIRECTORY;
    }

    /** Whether it is a socket of the internet families. */
    public boolean isInternet() {
        return this == IPV4 || this == IPV6;
    }
}
