/*
 * Makes system calls as fast as one processor can, and says what each took:
 *
 *   storm opens COUNT [FILE]   opens and closes FILE (/etc/hostname)
 *   storm writes COUNT         opens a file to write it that is not there: one call that fails
 *   storm sockets COUNT        makes a socket and closes it
 *   storm sends COUNT          sends a byte over a connection of TCP, whose other end reads it
 *   storm plain COUNT          asks for the parent's number, seven times; the best time counts
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double opens(long count, const char *file)
{
    double start = seconds();
    for (long i = 0; i < count; i++)
        close(open(file, O_RDONLY));
    return (seconds() - start) / count * 1e9;
}

static double writes(long count)
{
    double start = seconds();
    for (long i = 0; i < count; i++)
        open("/run/no-such-folder/file", O_WRONLY | O_CREAT, 0600);
    return (seconds() - start) / count * 1e9;
}

static double sockets(long count)
{
    double start = seconds();
    for (long i = 0; i < count; i++)
        close(socket(AF_INET, SOCK_DGRAM, 0));
    return (seconds() - start) / count * 1e9;
}

static double sends(long count)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t bytes = sizeof here;
    int door = socket(AF_INET, SOCK_STREAM, 0), one = socket(AF_INET, SOCK_STREAM, 0);
    char letter = 'x';
    if (bind(door, (void *)&here, sizeof here) || listen(door, 1) || getsockname(door, (void *)&here, &bytes) ||
        connect(one, (void *)&here, sizeof here))
        exit(1);
    int other = accept(door, 0, 0);
    double start = seconds();
    for (long i = 0; i < count; i++)
        if (send(one, &letter, 1, 0) != 1 || read(other, &letter, 1) != 1)
            exit(1);
    return (seconds() - start) / count * 1e9;
}

static double plain(long count)
{
    double best = 1e9;
    for (int round = 0; round < 7; round++) {
        double start = seconds();
        for (long i = 0; i < count; i++)
            syscall(SYS_getppid);
        double each = (seconds() - start) / count * 1e9;
        best = each < best ? each : best;
    }
    return best;
}

int main(int count, char **words)
{
    if (count < 3)
        return fprintf(stderr, "storm opens COUNT [FILE] | storm writes|sockets|sends|plain COUNT\n"), 2;
    long calls = atol(words[2]);
    const char *file = count > 3 ? words[3] : "/etc/hostname";
    double each = !strcmp(words[1], "plain")     ? plain(calls)
                  : !strcmp(words[1], "writes")  ? writes(calls)
                  : !strcmp(words[1], "sockets") ? sockets(calls)
                  : !strcmp(words[1], "sends")   ? sends(calls)
                                                 : opens(calls, file);
    printf("%.1f\n", each);
    return 0;
}
