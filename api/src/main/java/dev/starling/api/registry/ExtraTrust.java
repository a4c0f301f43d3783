package dev.starling.api.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust in the system's certificate authorities and in those of a file.
 *
 * @param sockets makes TLS connections
 * @param manager decides about certificates
 */
record ExtraTrust(SSLSocketFactory sockets, X509TrustManager manager) {

  /** Reads the certificates (PEM, one or more) of the file. */
  static ExtraTrust of(Path caFile) throws IOException {
    try (InputStream in = Files.newInputStream(caFile)) {
      Collection<? extends Certificate> extra =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (extra.isEmpty()) {
        throw new RegistryException("the CA file " + caFile + " holds no certificate");
      }
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int count = 0;
      for (X509Certificate system : manager(null).getAcceptedIssuers()) {
        all.setCertificateEntry("system" + count++, system);
      }
      for (Certificate certificate : extra) {
        all.setCertificateEntry("extra" + count++, certificate);
      }
      X509TrustManager manager = manager(all);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new ExtraTrust(context.getSocketFactory(), manager);
    } catch (RegistryException e) {
      throw e;
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException("cannot read certificates from the CA file " + caFile, e);
    }
  }

  /** The trust manager over the key store, or over the system's for null. */
  private static X509TrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager in this Java runtime");
  }
}
