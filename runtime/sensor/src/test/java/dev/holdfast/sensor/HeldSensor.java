package dev.holdfast.sensor;

import java.io.IOException;
import java.util.Set;

/** A program that starts a sensor, says so, and holds it until its input ends; or says why it cannot. */
final class HeldSensor {
    private HeldSensor() {}

    public static void main(String[] words) throws IOException {
        try (Sensor sensor = words.length > 0
                ? Sensor.startByNotices(SensorRequest.of(Set.of()))
                : Sensor.start(SensorRequest.of(Sensor.callsKnownToRules()))) {
            System.out.println("holding " + sensor.processes() + " " + sensor.unseen());
            int ended = System.in.read();
            assert ended < 0;
        } catch (IOException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
