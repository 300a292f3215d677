/*
 * Makes system calls as fast as one processor can, and says what each took:
 *
 *   storm opens COUNT [FILE]   opens and closes FILE (/etc/hostname)
 *   storm plain COUNT          asks for the parent's number, seven times; the best time counts
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
        return fprintf(stderr, "storm opens COUNT [FILE] | storm plain COUNT\n"), 2;
    long calls = atol(words[2]);
    const char *file = count > 3 ? words[3] : "/etc/hostname";
    printf("%.1f\n", strcmp(words[1], "plain") ? opens(calls, file) : plain(calls));
    return 0;
}
