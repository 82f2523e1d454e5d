print("plutarc")
