package dev.starling.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.registry.RegistryException;
import dev.starling.api.registry.auth.Credential;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Registries that want to know who asks, and forget it. */
class AccessFaultTest {

  abstract static class TokenTest extends FaultTest {
    @Override
    Access access() {
      return new Access.Bearer(USER, PASSWORD, true, Duration.ofMinutes(5));
    }

    final int tokens() {
      return registry.log().count(request -> request.path().equals(TokenService.PATH));
    }
  }

  @Nested
  class WithTokens extends TokenTest {

    @Test
    void oneTokenServesManyRequests() throws IOException {
      assertThat(upload()).isEqualTo(Outcome.WRITTEN);
      int used = tokens();
      assertThat(upload()).isEqualTo(Outcome.EXISTS);
      assertThat(tokens()).isEqualTo(used).isLessThanOrEqualTo(2);
      assertThat(download()).isEqualTo(bytes);
    }

    @Test
    void aTokenThatExpiresIsReplaced() throws IOException {
      upload();
      clock.advance(Duration.ofMinutes(6));
      assertThat(download()).isEqualTo(bytes);
    }

    @Test
    void aTokenThatExpiresDuringADownloadIsReplaced() throws IOException {
      upload();
      registry.inject(new Fault.Reset(1_000_000), 1);
      try (var in = source.openBlob(blob)) {
        assertThat(in.readNBytes(500_000)).hasSize(500_000);
        clock.advance(Duration.ofMinutes(6));
        assertThat(in.readAllBytes()).hasSize(2_500_000);
      }
    }

    @Test
    void anExpiredTokenMayBeForbidden() throws IOException {
      upload();
      registry.inject(new Fault.ForbidExpiredToken());
      clock.advance(Duration.ofMinutes(6));
      assertThat(download()).isEqualTo(bytes);
    }

    @Test
    void aLoginThatIsForgottenInMidPushIsRepeated() throws IOException {
      registry.inject(new Fault.Unauthorized(), 1, request -> request.method().equals("PUT"));
      assertThat(upload()).isEqualTo(Outcome.WRITTEN);
      assertThat(download()).isEqualTo(bytes);
      assertThat(registry.log().count(request -> request.status() == 401)).isPositive();
    }

    @Test
    void credentialsStayWithTheirHost() throws IOException {
      upload();
      registry.inject(new Fault.RedirectBlobs(Duration.ofMinutes(1)));
      registry.log().clear();
      assertThat(download()).isEqualTo(bytes);
      assertThat(registry.log().matching(r -> r.host().equals(registry.blobHost())))
          .isNotEmpty()
          .allMatch(request -> request.header("Authorization") == null)
          .allMatch(request -> request.status() == 200);
    }
  }

  @Nested
  class WithAnIdentityToken extends TokenTest {
    @Override
    Optional<Credential> credential() {
      return Optional.of(new Credential.IdentityToken(Access.Bearer.IDENTITY_TOKEN));
    }

    @Test
    void itIsExchangedForAccessTokens() throws IOException {
      assertThat(upload()).isEqualTo(Outcome.WRITTEN);
      assertThat(download()).isEqualTo(bytes);
    }
  }

  @Nested
  class WithoutALogin extends TokenTest {
    @Override
    Optional<Credential> credential() {
      return Optional.empty();
    }

    @Test
    void pullingIsAllowedAndPushingSaysToLogIn() throws IOException {
      store();
      assertThat(download()).isEqualTo(bytes);
      registry.layout().blobs().delete(blob.digest());
      assertThatThrownBy(this::upload)
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("log in");
    }
  }

  @Nested
  class WithAPassword extends FaultTest {
    @Override
    Access access() {
      return new Access.Basic(USER, PASSWORD);
    }

    @Test
    void itIsSentWhenAskedFor() throws IOException {
      assertThat(upload()).isEqualTo(Outcome.WRITTEN);
      assertThat(download()).isEqualTo(bytes);
    }
  }

  @Nested
  class WithAWrongPassword extends FaultTest {
    @Override
    Access access() {
      return new Access.Basic(USER, "another");
    }

    @Test
    void theMessageNamesTheHostAndNotThePassword() {
      assertThatThrownBy(this::upload)
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("401")
          .hasMessageContaining(registry.host())
          .hasMessageNotContaining(PASSWORD);
    }
  }
}
