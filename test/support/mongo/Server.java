import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;

/** A server of MongoDB's protocol, in memory, that today's drivers accept; lives as long as its standard input. */
public class Server {
  static final MongoVersion FIVE = new MongoVersion() {
    public List<Integer> getVersionArray() { return List.of(5, 0, 0); }
    public int getWireVersion() { return 13; }
  };

  public static void main(String[] args) throws Exception {
    H2Backend backend = H2Backend.inMemory();
    backend.version(FIVE);
    System.out.println(new MongoServer(backend).bindAndGetConnectionString());
    while (System.in.read() >= 0) { }
    System.exit(0);
  }
}
