import Foundation
import Testing
@testable import Exchange
@Suite struct DumpTests {
  @Test func dump() throws {
    for one in ExchangeCatalogue.all where one.name != "goaml" {
      let folder = URL(filePath: "/tmp/exdump/\(one.name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for f in try one.files(of: MadeUpRecord.make(), settings: MadeUpRecord.settings) {
        try Data(f.bytes).write(to: folder.appending(path: f.name))
      }
    }
  }
}
