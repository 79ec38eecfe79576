"""The command line: what did the user ask for?"""
