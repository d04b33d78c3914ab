"""Reference pseudonyms: HMAC-SHA-256 from Python's standard library, written as letters and digits.
Run: python3 test/golden/pseudonym.py > test/golden/pseudonym.json"""
import hashlib, hmac, json, string, sys

LETTERS = string.ascii_uppercase + string.ascii_lowercase
ALPHABET = LETTERS + string.digits
KEY = bytes(range(32))

def token(value: str) -> str:
    d = hmac.new(KEY, value.encode('utf-8'), hashlib.sha256).digest()
    return LETTERS[d[0] % 52] + ''.join(ALPHABET[b % 62] for b in d[1:12])

values = ['alice@example.com', 'bob', '10.1.2.3', 'Ünïcødé 名前', '', 'x' * 500, '2001:db8:0:0:0:0:0:1']
json.dump({'python': sys.version.split()[0], 'key': KEY.hex(), 'tokens': [[v, token(v)] for v in values]}, sys.stdout, indent=1, ensure_ascii=True)
print()
