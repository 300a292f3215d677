package dev.holdfast.sensor.container;

import dev.holdfast.sensor.container.Container.Engine;

/** What is known about who a control group belongs to. */
public sealed interface Identity {
    /** Nobody's container: the machine itself. */
    Unnamed HOST = Unnamed.HOST;

    /** It is being asked. */
    Unnamed PENDING = Unnamed.PENDING;

    /** No container, or none yet. */
    enum Unnamed implements Identity {
        /** Nobody's container: the machine itself. */
        HOST,
        /** Something new, about which is being asked. */
        PENDING
    }

    /** A container that its engine describes. */
    record Known(Container container) implements Identity {}

    /** A container of which only the id is known: no engine told more in time. */
    record Unknown(String id, Engine engine) implements Identity {
        /** The id as people see it. */
        public String shortId() {
            return Container.shortId(id);
        }
    }
}
