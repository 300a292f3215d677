package dev.holdfast.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundedTextTest {
    @Test
    void stopsAnExpressionThatGoesBackWithoutEnd() {
        BoundedText text = new BoundedText("a".repeat(40) + "!", 100_000);
        assertThatThrownBy(() -> Pattern.compile("(.*a){12}b").matcher(text).find())
                .isInstanceOf(BoundedText.Exhausted.class);
    }

    @Test
    void isTheTextItselfForAnHonestExpression() {
        BoundedText text = new BoundedText("nginx:1.25", 100);
        assertThat(Pattern.compile(":(.*)").matcher(text).results().map(found -> found.group(1)))
                .containsExactly("1.25");
    }
}
