# How the Java VM runs `holdfast watch`, sourced by the launcher and by the storm bench: holdfast_watch_options.
#
# What is kept is small (rules, processes, containers), what is new is short-lived: a small heap costs nothing, and the whole process stays
# below 200 MB under the heaviest load. Compiled code is kept small, too: there is little of it.
holdfast_watch_options='-Xms24m -Xmx96m -Xmn12m -Xss512k -XX:ReservedCodeCacheSize=48m -XX:MaxMetaspaceSize=96m'
