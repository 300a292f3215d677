package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import dev.holdfast.watch.host.Host;
import dev.holdfast.watch.scap.CaptureReader.Block;

/**
 * The users and groups of a host. The block is a list of entries, of which those of type 0x220 tell their length in front:
 *
 * <pre>
 *   entry = [u32 length] ( u8 0, u32 user, u32 group, text name, text home, text shell  |  u8 1, u32 group, text name )
 * </pre>
 */
final class UserList {
    static final int OLD = 0x206;
    static final int VERY_OLD = 0x8012ABCD;
    static final int NEW = 0x220;

    private UserList() {}

    static void read(Block block, Host host) throws InputException {
        Cursor body = block.body();
        while (body.remaining() >= 4) {
            entry(block.type() == NEW ? body.part(body.u32() - 4) : body, host);
        }
    }

    private static void entry(Cursor body, Host host) throws InputException {
        boolean isUser = body.u8() == 0;
        long number = body.u32();
        if (isUser) {
            body.skip(4);
            host.users().put(number, new Host.User(body.text(), body.text(), body.text()));
        } else {
            host.groups().put(number, body.text());
        }
    }
}
